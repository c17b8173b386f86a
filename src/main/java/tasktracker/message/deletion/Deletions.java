package tasktracker.message.deletion;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tasktracker.message.MessagesDeleted;
import tasktracker.message.MessagesRestored;
import tasktracker.message.MessagesStored;
import tasktracker.message.feed.FeedPage;
import tasktracker.message.feed.FeedQuery;
import tasktracker.message.feed.MessageFilter;
import tasktracker.platform.data.Ids;
import tasktracker.platform.job.Jobs;
import tasktracker.platform.live.EventPublisher;
import tasktracker.platform.live.LiveTopic;
import tasktracker.platform.security.audit.Audit;
import tasktracker.platform.web.LocalizedMessage;
import tasktracker.platform.web.problem.Problem;

/**
 * Deletes messages permanently: a message that arrives again, by another import or a late edit, is rejected. A deletion
 * can be undone for {@value Deletion#DAYS_KEPT} days.
 */
@ApplicationScoped
public class Deletions {

  private static final int MAX_IDS_PUBLISHED = 100;
  private final DeletionStore store;
  private final Jobs jobs;
  private final Audit audit;
  private final EventPublisher live;
  private final Event<Object> events;

  /** Payload of the events about deleted and restored messages. */
  public record DeletionPayload(UUID deletion, int count, List<UUID> ids) {}

  @Inject
  public Deletions(DeletionStore store, Jobs jobs, Audit audit, EventPublisher live, Event<Object> events) {
    this.store = store;
    this.jobs = jobs;
    this.audit = audit;
    this.live = live;
    this.events = events;
  }

  /** Starts to delete these messages; a job continues what {@link #processBatch} does not finish. */
  @Transactional
  public UUID start(List<UUID> ids, String by) {
    return start(ids, null, by, Map.of("chosen", ids.size()));
  }

  /** Starts to delete all messages that the list of that query contains now. */
  @Transactional
  public UUID start(FeedQuery list, String by) {
    return start(null, list.here(""), by, Map.of("filter", list.here("")));
  }

  private UUID start(@Nullable List<UUID> ids, @Nullable String filter, String by, Map<String, ?> details) {
    UUID id = Ids.next();
    store.insert(id, ids, filter, by);
    audit.record("message.deleted", "deletion", id, details);
    enqueue(id);
    return id;
  }

  /**
   * Starts to restore the messages of a deletion.
   *
   * @throws Problem 404 when there is no such deletion, 409 when it can no longer be undone
   */
  @Transactional
  public void undo(UUID id) {
    Deletion deletion = store.lock(id).orElseThrow(() -> Problem.notFound(LocalizedMessage.of("problem.none.deletion")));
    if (!deletion.isUndoable()) {
      throw Problem.conflict(LocalizedMessage.of("problem.deletion.late"));
    }
    store.updateStatus(id, "restoring", 0);
    audit.record("message.deletion_undone", "deletion", id, Map.of("messages", deletion.messages()));
    enqueue(id);
  }

  private void enqueue(UUID id) {
    jobs.enqueue(new ProcessDeletion(id), Jobs.Options.once("deletion:" + id));
  }

  /** Processes the next batch of a deletion; returns true when it is finished. */
  @Transactional
  public boolean processBatch(UUID id) {
    Deletion deletion = store.lock(id).orElseThrow(() -> Problem.notFound(LocalizedMessage.of("problem.none.deletion")));
    return switch (deletion.status()) {
      case "deleting" -> remove(deletion);
      case "restoring" -> restore(deletion);
      default -> true;
    };
  }

  private boolean remove(Deletion deletion) {
    String query = deletion.filter();
    List<UUID> deleted = query == null ? removeSelected(deletion) : removeMatching(deletion, query);
    store.updateStatus(deletion.id(), deleted.isEmpty() ? "deleted" : "deleting", deleted.size());
    if (!deleted.isEmpty()) {
      events.fire(new MessagesDeleted(deleted));
      live.publish(LiveTopic.Event.MESSAGE_DELETED,
          new DeletionPayload(deletion.id(), deleted.size(), deleted.subList(0, Math.min(MAX_IDS_PUBLISHED, deleted.size()))));
    }
    return deleted.isEmpty();
  }

  private List<UUID> removeSelected(Deletion deletion) {
    List<UUID> selected = Objects.requireNonNull(deletion.messageIds(), "A deletion has a filter or selected messages");
    return store.removeBatch(deletion.id(), "m.id = any(:ids)", Map.of("ids", selected.toArray(UUID[]::new)), deletion.askedAt());
  }

  private List<UUID> removeMatching(Deletion deletion, String query) {
    MessageFilter filter = FeedPage.filter(FeedQuery.parse(query));
    return store.removeBatch(deletion.id(), filter.condition(), filter.values(), deletion.askedAt());
  }

  private boolean restore(Deletion deletion) {
    List<DeletionStore.Restored> restored = store.restoreBatch(deletion.id());
    store.updateStatus(deletion.id(), restored.isEmpty() ? "restored" : "restoring", -restored.size());
    if (!restored.isEmpty()) {
      events.fire(new MessagesRestored(restored.stream().map(DeletionStore.Restored::corrections).filter(Objects::nonNull).toList()));
      events.fire(new MessagesStored(null, restored.stream().map(DeletionStore.Restored::stored).toList()));
      live.publish(LiveTopic.Event.MESSAGE_RESTORED, new DeletionPayload(deletion.id(), restored.size(), List.of()));
    }
    return restored.isEmpty();
  }

  /** @throws Problem 404 when there is no such deletion, 409 when it can no longer be undone */
  public Deletion find(UUID id) {
    return store.find(id).orElseThrow(() -> Problem.notFound(LocalizedMessage.of("problem.none.deletion")));
  }

  public List<DeletionItem> list() {
    return store.list(50);
  }

  /** Purges a batch of content that is too old to be restored; returns true when nothing is left. */
  @Transactional
  public boolean purgeBatch() {
    return store.purgeBatch() == 0;
  }
}
