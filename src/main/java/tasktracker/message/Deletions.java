package tasktracker.message;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.data.Ids;
import tasktracker.platform.job.Jobs;
import tasktracker.platform.live.EventPublisher;
import tasktracker.platform.live.LiveTopic;
import tasktracker.platform.security.Audit;
import tasktracker.platform.web.Problem;
import tasktracker.platform.web.LocalizedMessage;

/**
 * Deletes messages so that they stay deleted: one that comes in again, by another import or a late edit, is turned
 * away. For {@value Deletion#DAYS_KEPT} days it can be undone.
 */
@ApplicationScoped
public class Deletions {

  private static final int TOLD = 100;
  private @Nullable DeletionStore store;
  private @Nullable Jobs jobs;
  private @Nullable Audit audit;
  private @Nullable EventPublisher live;
  private @Nullable Event<Object> events;

  /** What listeners hear. */
  public record Deleted(UUID deletion, int count, List<UUID> ids) {}

  protected Deletions() {}

  @Inject
  public Deletions(DeletionStore store, Jobs jobs, Audit audit, EventPublisher live, Event<Object> events) {
    this.store = store;
    this.jobs = jobs;
    this.audit = audit;
    this.live = live;
    this.events = events;
  }

  /** Begins to delete these messages; a job goes on with what {@link #goOn} leaves. */
  @Transactional
  public UUID begin(List<UUID> chosen, String by) {
    return begin(chosen, null, by, Map.of("chosen", chosen.size()));
  }

  /** Begins to delete all that the list of that address holds now. */
  @Transactional
  public UUID begin(FeedQuery list, String by) {
    return begin(null, list.here(""), by, Map.of("filter", list.here("")));
  }

  private UUID begin(@Nullable List<UUID> chosen, @Nullable String filter, String by, Map<String, ?> details) {
    UUID id = Ids.next();
    store.add(id, chosen, filter, by);
    audit.record("message.deleted", "deletion", id, details);
    enqueue(id);
    return id;
  }

  /**
   * Begins to put back what was deleted.
   *
   * @throws Problem 404 for no such deletion, 409 when it cannot be undone
   */
  @Transactional
  public void undo(UUID id) {
    Deletion deletion = store.lock(id).orElseThrow(() -> Problem.notFound(LocalizedMessage.of("problem.none.deletion")));
    if (!deletion.isUndoable()) {
      throw Problem.conflict(LocalizedMessage.of("problem.deletion.late"));
    }
    store.become(id, "restoring", 0);
    audit.record("message.deletion_undone", "deletion", id, Map.of("messages", deletion.messages()));
    enqueue(id);
  }

  private void enqueue(UUID id) {
    jobs.enqueue(new ProcessDeletion(id), Jobs.Options.once("deletion:" + id));
  }

  /** Does some hundred messages more of what was begun; true when it is done. */
  @Transactional
  public boolean goOn(UUID id) {
    Deletion deletion = store.lock(id).orElseThrow(() -> Problem.notFound(LocalizedMessage.of("problem.none.deletion")));
    return switch (deletion.status()) {
      case "deleting" -> remove(deletion);
      case "restoring" -> bringBack(deletion);
      default -> true;
    };
  }

  private boolean remove(Deletion deletion) {
    List<UUID> gone = deletion.filter() == null
        ? store.remove(deletion.id(), "m.id = any(:ids)", Map.of("ids", deletion.messageIds().toArray(UUID[]::new)), deletion.askedAt())
        : matching(deletion);
    store.become(deletion.id(), gone.isEmpty() ? "deleted" : "deleting", gone.size());
    if (!gone.isEmpty()) {
      live.publish(LiveTopic.Event.MESSAGE_DELETED,
          new Deleted(deletion.id(), gone.size(), gone.subList(0, Math.min(TOLD, gone.size()))));
    }
    return gone.isEmpty();
  }

  private List<UUID> matching(Deletion deletion) {
    MessageFilter filter = FeedPage.filter(FeedQuery.written(deletion.filter()));
    return store.remove(deletion.id(), filter.condition(), filter.values(), deletion.askedAt());
  }

  private boolean bringBack(Deletion deletion) {
    List<MessagesStored.Stored> back = store.bringBack(deletion.id());
    store.become(deletion.id(), back.isEmpty() ? "restored" : "restoring", -back.size());
    if (!back.isEmpty()) {
      events.fire(new MessagesStored(null, back));
      live.publish(LiveTopic.Event.MESSAGE_RESTORED, new Deleted(deletion.id(), back.size(), List.of()));
    }
    return back.isEmpty();
  }

  /** @throws Problem 404 for no such deletion */
  public Deletion get(UUID id) {
    return store.find(id).orElseThrow(() -> Problem.notFound(LocalizedMessage.of("problem.none.deletion")));
  }

  public List<Deletion> newest() {
    return store.newest(50);
  }

  /** Forgets some of what is too old to be restored; true when nothing is left. */
  @Transactional
  public boolean forgetSome() {
    return store.forgetSome() == 0;
  }
}
