package tasktracker.knowledge.review;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
  private static final String VERSION_TABS = RefreshTrigger.of("version-tabs");
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
        Event.KNOWLEDGE_TOPIC_UPDATED, Event.KNOWLEDGE_VERSION_CREATED, Event.KNOWLEDGE_VERSION_UPDATED, Event.KNOWLEDGE_EXTRACTION_STARTED,
        Event.KNOWLEDGE_EXTRACTION_PROGRESS,
        Event.KNOWLEDGE_EXTRACTION_COMPLETED, Event.KNOWLEDGE_EXTRACTION_FAILED, Event.KNOWLEDGE_EXTRACTION_CANCELLED);
  }

  @Override
  public String key(LiveEvent event) {
    return switch (event.event()) {
      case KNOWLEDGE_ATOM_UPDATED -> "atom " + event.data().getString("atom_id", "");
      case KNOWLEDGE_ATOM_CREATED -> "atoms";
      case KNOWLEDGE_TOPIC_CREATED, KNOWLEDGE_TOPIC_UPDATED -> "topics";
      case KNOWLEDGE_VERSION_CREATED -> String.valueOf(event.seq()); // Each is counted.
      case KNOWLEDGE_VERSION_UPDATED -> "version " + event.data().getString("version_id", "");
      default -> "run " + event.data().getString("extraction_id", "");
    };
  }

  @Override
  public String html(LiveEvent event, Locale locale) {
    return switch (event.event()) {
      case KNOWLEDGE_ATOM_UPDATED -> RefreshTrigger.of("atom-" + event.data().getString("atom_id", "")) + TABS;
      case KNOWLEDGE_ATOM_CREATED -> TABS;
      case KNOWLEDGE_TOPIC_CREATED, KNOWLEDGE_TOPIC_UPDATED -> TOPICS;
      case KNOWLEDGE_VERSION_CREATED -> VERSION_TABS + (event.data().getBoolean("approved", false) ? "" : newVersion(event, locale));
      case KNOWLEDGE_VERSION_UPDATED -> RefreshTrigger.of("version-" + event.data().getString("version_id", "")) + VERSION_TABS;
      default -> progress(UUID.fromString(event.data().getString("extraction_id")), locale) + RUNS;
    };
  }

  /** Raises the counts of the lists of all versions and of those of its type; cards do not move under the reader. */
  private String newVersion(LiveEvent event, Locale locale) {
    return Stream.of("all", event.data().getString("entity_type", ""))
        .map(type -> templates.render("knowledge/_versions", "pill", locale, Map.of("type", type))).collect(Collectors.joining());
  }

  private String progress(UUID run, Locale locale) {
    return templates.render("knowledge/_extraction", "progress", locale, Map.of("run", runs.find(run), "oob", true));
  }
}
