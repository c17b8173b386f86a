package tasktracker.knowledge.review;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tasktracker.knowledge.atom.AtomFilter;
import tasktracker.knowledge.atom.AtomItem;
import tasktracker.knowledge.atom.AtomStore;
import tasktracker.knowledge.topic.TopicStore;
import tasktracker.knowledge.version.VersionStore;
import tasktracker.platform.live.Fragment;
import tasktracker.platform.live.LiveEvent;
import tasktracker.platform.live.LiveTopic.Event;
import tasktracker.platform.web.CachedValue;
import tasktracker.platform.web.template.PageVariables;
import tasktracker.platform.web.template.Templates;

/** Counts in the menu of what waits for review, and what is known from a message. */
@ApplicationScoped
public class KnowledgeVariables implements PageVariables, Fragment {

  private static final int MAX_ATOMS = 20;

  private final AtomStore atoms;
  private final TopicStore topics;
  private final VersionStore versions;
  private final Templates templates;
  private final CachedValue<Long> atomsToReview;
  private final CachedValue<Long> versionsToReview;

  @Inject
  public KnowledgeVariables(AtomStore atoms, TopicStore topics, VersionStore versions, Templates templates) {
    this.atoms = atoms;
    this.topics = topics;
    this.templates = templates;
    this.versions = versions;
    this.atomsToReview = new CachedValue<>(0L, this::countAtoms);
    this.versionsToReview = new CachedValue<>(0L, this::countVersions);
  }

  private long countAtoms() {
    return atoms.count(AtomFilter.ANY.withStatus("pending"));
  }

  private long countVersions() {
    return versions.countPending().count();
  }

  /** What is known from a message. */
  public record Known(@Nullable UUID topicId, @Nullable String topicName, List<AtomItem> atoms) {}

  /** The methods that templates call. */
  public record KnowledgeView(AtomStore atoms, TopicStore topics) {

    public Known ofMessage(UUID message) {
      TopicStore.Choice topic = topics.ofMessage(message).orElse(null);
      return new Known(topic == null ? null : topic.id(), topic == null ? null : topic.name(), atoms.ofMessage(message, MAX_ATOMS));
    }
  }

  @Override
  public void addTo(Map<String, Object> model) {
    model.put("knowledge", new KnowledgeView(atoms, topics));
    model.put("atomsToReview", atomsToReview.get());
    model.put("versionsToReview", versionsToReview.get());
  }

  @Override
  public Set<Event> after() {
    return Set.of(Event.KNOWLEDGE_ATOM_CREATED, Event.KNOWLEDGE_ATOM_UPDATED, Event.PENDING_COUNT_UPDATED);
  }

  @Override
  public String key(LiveEvent event) {
    return "review-counts";
  }

  /** Counted anew, because a cached value may be older than the event. */
  @Override
  public String html(LiveEvent event, Locale locale) {
    return templates.render("_nav", "atoms", locale, Map.of("atomsToReview", countAtoms()))
        + templates.render("_nav", "versions", locale, Map.of("versionsToReview", countVersions()));
  }
}
