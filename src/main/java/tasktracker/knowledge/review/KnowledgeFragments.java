package tasktracker.knowledge.review;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import tasktracker.knowledge.extraction.ExtractionRuns;
import tasktracker.platform.live.Fragment;
import tasktracker.platform.live.LiveEvent;
import tasktracker.platform.live.LiveTopic.Event;
import tasktracker.platform.live.RefreshTrigger;
import tasktracker.platform.web.template.Templates;

/** Updates open pages of knowledge: cards and tabs when somebody decides, topics, and the progress of runs. */
@ApplicationScoped
public class KnowledgeFragments implements Fragment {

  private static final String TABS = RefreshTrigger.of("atom-tabs");
  private static final String TOPICS = RefreshTrigger.of("topics");
  private static final String RUNS = RefreshTrigger.of("runs");
  private final ExtractionRuns runs;
  private final Templates templates;

  @Inject
  public KnowledgeFragments(ExtractionRuns runs, Templates templates) {
    this.runs = runs;
    this.templates = templates;
  }

  @Override
  public Set<Event> after() {
    return Set.of(Event.KNOWLEDGE_ATOM_CREATED, Event.KNOWLEDGE_ATOM_UPDATED, Event.KNOWLEDGE_TOPIC_CREATED,
        Event.KNOWLEDGE_TOPIC_UPDATED, Event.KNOWLEDGE_EXTRACTION_STARTED, Event.KNOWLEDGE_EXTRACTION_PROGRESS,
        Event.KNOWLEDGE_EXTRACTION_COMPLETED, Event.KNOWLEDGE_EXTRACTION_FAILED, Event.KNOWLEDGE_EXTRACTION_CANCELLED);
  }

  @Override
  public String key(LiveEvent event) {
    return switch (event.event()) {
      case KNOWLEDGE_ATOM_UPDATED -> "atom " + event.data().getString("atom_id", "");
      case KNOWLEDGE_ATOM_CREATED -> "atoms";
      case KNOWLEDGE_TOPIC_CREATED, KNOWLEDGE_TOPIC_UPDATED -> "topics";
      default -> "run " + event.data().getString("extraction_id", "");
    };
  }

  @Override
  public String html(LiveEvent event, Locale locale) {
    return switch (event.event()) {
      case KNOWLEDGE_ATOM_UPDATED -> RefreshTrigger.of("atom-" + event.data().getString("atom_id", "")) + TABS;
      case KNOWLEDGE_ATOM_CREATED -> TABS;
      case KNOWLEDGE_TOPIC_CREATED, KNOWLEDGE_TOPIC_UPDATED -> TOPICS;
      default -> progress(UUID.fromString(event.data().getString("extraction_id")), locale) + RUNS;
    };
  }

  private String progress(UUID run, Locale locale) {
    return templates.render("knowledge/_extraction", "progress", locale, Map.of("run", runs.find(run), "oob", true));
  }
}
