package tasktracker.knowledge.version;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tasktracker.knowledge.atom.AtomDeleted;
import tasktracker.knowledge.atom.Atoms;
import tasktracker.knowledge.topic.Topics;
import tasktracker.platform.data.Ids;
import tasktracker.platform.live.EventPublisher;
import tasktracker.platform.live.LiveTopic;
import tasktracker.platform.web.LocalizedMessage;
import tasktracker.platform.web.json.Json;
import tasktracker.platform.web.problem.Problem;

/**
 * The repository of versions. The topic or atom is locked before its version, always in this order, so that two people
 * who decide at once make one decision.
 */
@ApplicationScoped
public class Versions {

  /** The event for a new version. */
  public record VersionCreated(String entityType, UUID entityId, int version, boolean approved) {}

  /** The event for a version that was decided, or whose decision was undone. */
  public record VersionUpdated(UUID versionId, String entityType, UUID entityId, int version, String status) {}

  /** The event for a changed number of pending versions. */
  public record PendingCountUpdated(long count, Instant lastUpdated) {}

  /** So long after a change the same person may still be at the same edit. */
  static final Duration SESSION = Duration.ofMinutes(10);

  @PersistenceContext(unitName = "tasktracker") private EntityManager entities;
  @Inject private VersionStore store;
  @Inject private Topics topics;
  @Inject private Atoms atoms;
  @Inject private EventPublisher live;
  @Inject private Clock clock;

  /** The state of a topic or atom as versions need it. */
  private record Current(Map<String, String> fields, int revision) {}

  private Current lock(VersionedType type, UUID entity) {
    return switch (type) {
      case TOPIC -> {
        var topic = topics.lock(entity);
        yield new Current(topic.snapshot(), topic.revision());
      }
      case ATOM -> {
        var atom = atoms.lock(entity);
        yield new Current(atom.snapshot(), atom.revision());
      }
    };
  }

  /**
   * Proposes a change; nothing changes until it is approved. A change that waits for review or was rejected is not proposed
   * again.
   *
   * @param fields the fields of the change; those that are as they were are left out
   * @return the id of the version, or null when there is nothing to propose
   * @throws Problem 404 when there is no such topic or atom
   */
  @Transactional
  public @Nullable UUID propose(VersionedType type, UUID entity, Map<String, String> fields, String by) {
    Change change = compare(type, entity, fields);
    if (change.changed().isEmpty() || store.isProposed(type, entity, Json.jsonb().toJson(change.changed()))) {
      return null;
    }
    KnowledgeVersion version = add(type, entity, change, by);
    publishCreated(version, false);
    return version.id();
  }

  /** The fields that a change would change, with their values before, of a topic or atom that is locked. */
  private record Change(Map<String, String> changed, Map<String, String> previous, int revision) {}

  private Change compare(VersionedType type, UUID entity, Map<String, String> fields) {
    Current current = lock(type, entity);
    Map<String, String> changed = new LinkedHashMap<>();
    Map<String, String> previous = new LinkedHashMap<>();
    fields.forEach((name, value) -> {
      String before = current.fields().get(name);
      if (!value.equals(before)) {
        changed.put(name, value);
        if (before != null) {
          previous.put(name, before);
        }
      }
    });
    return new Change(changed, previous, current.revision());
  }

  private KnowledgeVersion add(VersionedType type, UUID entity, Change change, String by) {
    KnowledgeVersion version = new KnowledgeVersion(Ids.next(), type, entity, store.nextNumber(type, entity), change.changed(),
        change.previous(), change.revision(), by, now());
    entities.persist(version);
    entities.flush();
    return version;
  }

  /**
   * Applies the change of a person at once, as a version that its author approved. One editing session is one version: a
   * further change by the same person within {@link #SESSION} of the last one extends it, unless the topic or atom was
   * changed otherwise in between.
   *
   * @return the id of the version, or null when nothing changed
   */
  @Transactional
  public @Nullable UUID edit(VersionedType type, UUID entity, Map<String, String> fields, String by) {
    Change change = compare(type, entity, fields);
    if (change.changed().isEmpty()) {
      return null;
    }
    UUID open = store.findOpenEdit(type, entity, change.revision() - 1, by, now().minus(SESSION)).orElse(null);
    return (open == null ? applyEdit(type, entity, change, by) : extendEdit(open, change, by)).id();
  }

  private KnowledgeVersion applyEdit(VersionedType type, UUID entity, Change change, String by) {
    KnowledgeVersion version = add(type, entity, change, by);
    apply(version, change.changed(), by);
    version.approveEdit(by, now());
    entities.flush();
    publishCreated(version, true);
    return version;
  }

  private KnowledgeVersion extendEdit(UUID open, Change change, String by) {
    KnowledgeVersion version = lock(open);
    apply(version, change.changed(), by);
    version.extendEdit(change.changed(), change.previous(), change.revision(), now());
    publishUpdated(version);
    return version;
  }

  private void apply(KnowledgeVersion version, Map<String, String> fields, String by) {
    switch (version.type()) {
      case TOPIC -> topics.apply(version.entityId(), fields);
      case ATOM -> atoms.change(version.entityId(), null, by, (atom, at) -> atom.apply(fields, at));
    }
  }

  /**
   * Approves a version and applies it.
   *
   * @param acceptsStale whether it is also applied to a topic or atom that was changed after the version was made
   * @throws Problem 404, 409 when it is already decided or stale
   */
  @Transactional(TxType.MANDATORY)
  public KnowledgeVersion approve(UUID id, boolean acceptsStale, String by) {
    KnowledgeVersion version = lock(id);
    if (!version.isPending()) {
      version.approve(by, now());
    }
    Current current = lock(version.type(), version.entityId());
    if (!acceptsStale && current.revision() != version.baseRevision()) {
      throw Problem.conflict(LocalizedMessage.of("problem.version.stale"));
    }
    version.approve(by, now());
    apply(version, version.fields(), by);
    publishUpdated(version);
    return version;
  }

  /** @throws Problem 404, 409 when it is already decided */
  @Transactional(TxType.MANDATORY)
  public KnowledgeVersion reject(UUID id, String by) {
    KnowledgeVersion version = lock(id);
    version.reject(by, now());
    publishUpdated(version);
    return version;
  }

  /** Makes a decided version pending again; what an approval changed gets its former values. */
  @Transactional(TxType.MANDATORY)
  public KnowledgeVersion reopen(UUID id, String by) {
    KnowledgeVersion version = lock(id);
    if (version.status().equals("approved")) {
      Map<String, String> before = new LinkedHashMap<>();
      version.fields().keySet().forEach(name -> before.put(name, version.previousFields().getOrDefault(name, "")));
      apply(version, before, by);
      version.reopen(lock(version.type(), version.entityId()).revision());
    } else {
      version.reopen(version.baseRevision());
    }
    publishUpdated(version);
    return version;
  }

  /** The versions of a deleted atom go with it, so that none waits for a decision that nobody can make. */
  void on(@Observes AtomDeleted event) {
    store.delete(VersionedType.ATOM, event.atomId());
    publishPending();
  }

  /** The present revision of what the version changes. */
  @Transactional(TxType.MANDATORY)
  public int currentRevision(KnowledgeVersion version) {
    return lock(version.type(), version.entityId()).revision();
  }

  /** @throws Problem 404 when there is no such version */
  @Transactional(TxType.MANDATORY)
  public KnowledgeVersion find(UUID id) {
    return lock(id);
  }

  /** Locks first the topic or atom, then the version. */
  private KnowledgeVersion lock(UUID id) {
    KnowledgeVersion seen = entities.find(KnowledgeVersion.class, id);
    if (seen == null) {
      throw Problem.notFound(LocalizedMessage.of("problem.none.version"));
    }
    lock(seen.type(), seen.entityId());
    entities.refresh(seen);
    return seen;
  }

  private void publishCreated(KnowledgeVersion version, boolean isApproved) {
    live.publish(LiveTopic.Event.KNOWLEDGE_VERSION_CREATED,
        new VersionCreated(version.type().wire(), version.entityId(), version.number(), isApproved));
    publishPending();
  }

  private void publishUpdated(KnowledgeVersion version) {
    live.publish(LiveTopic.Event.KNOWLEDGE_VERSION_UPDATED,
        new VersionUpdated(version.id(), version.type().wire(), version.entityId(), version.number(), version.status()));
    publishPending();
  }

  private void publishPending() {
    entities.flush();
    live.publish(LiveTopic.Event.PENDING_COUNT_UPDATED, new PendingCountUpdated(store.countPending().count(), now()));
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
