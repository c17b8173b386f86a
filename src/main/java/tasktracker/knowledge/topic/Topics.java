package tasktracker.knowledge.topic;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tasktracker.knowledge.KnowledgeWrites;
import tasktracker.knowledge.NormalizedText;
import tasktracker.platform.data.Ids;
import tasktracker.platform.live.EventPublisher;
import tasktracker.platform.live.LiveTopic;
import tasktracker.platform.security.audit.Audit;
import tasktracker.platform.web.LocalizedMessage;
import tasktracker.platform.web.problem.Problem;

/** The repository of topics; each method is one transaction, or joins the caller's. */
@ApplicationScoped
public class Topics {

  /** The event for a new topic. */
  public record TopicCreated(UUID topicId, String topicName) {}

  /** The event for a changed topic. */
  public record TopicUpdated(UUID topicId, String topicName, boolean isActive) {}

  @PersistenceContext(unitName = "tasktracker") private EntityManager entities;
  @Inject private TopicStore store;
  @Inject private KnowledgeWrites writes;
  @Inject private EventPublisher live;
  @Inject private Event<Object> events;
  @Inject private Audit audit;
  @Inject private Clock clock;

  /**
   * Creates a topic for a person.
   *
   * @param icon null for one that fits the text
   * @param color null for the one of the icon
   * @throws Problem 409 when there is a topic with this name, 422 when a value is not allowed
   */
  @Transactional
  public UUID create(String name, String description, @Nullable String icon, @Nullable String color, String by) {
    writes.lock();
    store.findByKey(NormalizedText.keyOf(name)).ifPresent(existing -> {
      throw Problem.conflict(LocalizedMessage.of("problem.topic.exists", name.strip()));
    });
    Topic topic = new Topic(Ids.next(), name, description, by, null, null, now());
    Map<String, String> chosen = new java.util.HashMap<>();
    if (icon != null && !icon.isBlank()) {
      chosen.put("icon", icon);
      chosen.put("color", TopicIcons.colorOf(icon));
    }
    if (color != null && !color.isBlank()) {
      chosen.put("color", color);
    }
    if (!chosen.isEmpty()) {
      topic.apply(chosen, now());
    }
    audit.record("topic.created", "topic", topic.id(), Map.of("name", topic.name()));
    return persist(topic);
  }

  /** Creates a topic that an analyst found. The caller holds {@link KnowledgeWrites#lock} and has looked for the name. */
  @Transactional(Transactional.TxType.MANDATORY)
  public UUID createFound(String name, String description, String analyst, String reason, String by) {
    return persist(new Topic(Ids.next(), name, description, by, analyst, reason, now()));
  }

  private UUID persist(Topic topic) {
    entities.persist(topic);
    entities.flush();
    events.fire(written(topic));
    live.publish(LiveTopic.Event.KNOWLEDGE_TOPIC_CREATED, new TopicCreated(topic.id(), topic.name()));
    return topic.id();
  }

  private static TopicWritten written(Topic topic) {
    return new TopicWritten(topic.id(), topic.name(), topic.description());
  }

  /**
   * Applies changed fields. A changed name is remembered: what is found under the former one still belongs to the topic.
   *
   * @throws Problem 404, 409 when another topic has the name, or 422 when a value is not allowed
   */
  @Transactional
  public void apply(UUID id, Map<String, String> fields) {
    writes.lock();
    Topic topic = lock(id);
    String formerKey = topic.nameKey();
    String formerName = topic.name();
    String newName = fields.get("name");
    if (newName != null) {
      store.findByKey(NormalizedText.keyOf(newName)).filter(other -> !other.equals(id)).ifPresent(other -> {
        throw Problem.conflict(LocalizedMessage.of("problem.topic.exists", newName.strip()));
      });
    }
    TopicWritten before = written(topic);
    topic.apply(fields, now());
    entities.flush();
    publishText(before, written(topic));
    if (!topic.nameKey().equals(formerKey)) {
      store.forgetName(topic.nameKey());
      store.rememberName(id, formerKey, formerName);
    }
    publish(topic);
  }

  /** The vector of the former text is deleted until the topic is embedded again. */
  private void publishText(TopicWritten before, TopicWritten after) {
    if (!after.equals(before)) {
      store.deleteVector(after.topicId());
      events.fire(after);
    }
  }

  /** Archives the topic, or restores it. Its atoms and messages keep it. */
  @Transactional
  public void setActive(UUID id, boolean isActive) {
    Topic topic = lock(id);
    if (topic.isActive() != isActive) {
      topic.setActive(isActive, now());
      entities.flush();
      audit.record(isActive ? "topic.restored" : "topic.archived", "topic", id, Map.of("name", topic.name()));
      publish(topic);
    }
  }

  private void publish(Topic topic) {
    live.publish(LiveTopic.Event.KNOWLEDGE_TOPIC_UPDATED, new TopicUpdated(topic.id(), topic.name(), topic.isActive()));
  }

  /** Locks the topic until the transaction ends. */
  @Transactional(Transactional.TxType.MANDATORY)
  public Topic lock(UUID id) {
    Topic topic = entities.find(Topic.class, id, LockModeType.PESSIMISTIC_WRITE);
    if (topic == null) {
      throw Problem.notFound(LocalizedMessage.of("problem.none.topic"));
    }
    entities.refresh(topic);
    return Objects.requireNonNull(topic);
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
