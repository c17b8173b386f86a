package tasktracker.platform.batch;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.data.Database;
import tasktracker.platform.data.Ids;
import tasktracker.platform.data.StorableText;
import tasktracker.platform.live.EventPublisher;
import tasktracker.platform.live.LiveTopic.Event;

/**
 * The items that batches have set aside. Each verb joins the caller's transaction. An item is listed once for each kind
 * of work; it leaves the list when the work succeeds, and with its message or import.
 */
@ApplicationScoped
public class FailedItems {

  /** So often an item is tried in all before it waits for a person; the pauses are 1, 4, 16, 64 and 256 minutes. */
  public static final int MOST_ATTEMPTS = 6;
  private static final System.Logger LOG = System.getLogger(FailedItems.class.getName());
  private static final int LONGEST_ERROR = 1_000;
  /** An item that was claimed and not heard of again, because its server ended, is due again after this. */
  private static final Duration CLAIM = Duration.ofMinutes(15);
  private static final String COLUMNS =
      "f.id, f.kind, f.item, f.message_id, f.import_id, f.error, f.attempts, f.first_failed_at, f.last_failed_at, f.retry_at";

  /**
   * An item that failed.
   *
   * @param payload what retrying needs and is kept nowhere else, or null
   */
  public record Failure(String item, @Nullable UUID messageId, @Nullable UUID importId, @Nullable String payload, Throwable cause) {

    /** Of work on a stored message. */
    public static Failure ofMessage(UUID message, Throwable cause) {
      return new Failure(message.toString(), message, null, null, cause);
    }
  }

  /** What listeners hear when items were set aside, retried or done. */
  public record FailedItemsChanged(String kind) {}

  private @Nullable Database database;
  private @Nullable EventPublisher live;

  protected FailedItems() {}

  @Inject
  public FailedItems(Database database, EventPublisher live) {
    this.database = database;
    this.live = live;
  }

  /**
   * Keeps an item that failed, or counts one more failure of it. Nothing is kept of a message that is gone.
   *
   * @param kind of a {@link FailedItemHandler}
   */
  @Transactional
  public void record(String kind, Failure failure) {
    LOG.log(Level.WARNING, "Set aside " + kind + " " + failure.item() + "; the rest of its batch goes on", failure.cause());
    database.run(sql -> sql.createUpdate("""
            insert into failed_item as f (id, kind, item, message_id, import_id, payload, error, retry_at)
            select :id, :kind, :item, :message, :import, :payload, :error, now() + interval '1 minute'
             where :message::uuid is null or exists (select from message where id = :message for key share)
            on conflict (kind, item) do update set error = excluded.error, attempts = least(f.attempts, 1000000) + 1, last_failed_at = now(),
               retry_at = case when f.attempts + 1 < :most then now() + interval '1 minute' * power(4, f.attempts) end""")
        .bind("id", Ids.next()).bind("kind", kind).bind("item", failure.item()).bindByType("message", failure.messageId(), UUID.class)
        .bindByType("import", failure.importId(), UUID.class).bindByType("payload", failure.payload(), String.class)
        .bind("error", error(failure.cause())).bind("most", MOST_ATTEMPTS).execute());
    live.publish(Event.FAILED_ITEMS_CHANGED, new FailedItemsChanged(kind));
  }

  private static String error(Throwable cause) {
    return StorableText.truncate(StorableText.of(FailureCause.describe(cause)), LONGEST_ERROR);
  }

  /** The work on these messages has succeeded: those that were listed are not any more. */
  @Transactional
  public void clear(String kind, Collection<UUID> messages) {
    int cleared = messages.isEmpty() ? 0 : database.ask(sql -> sql.createUpdate(
            "delete from failed_item where kind = :kind and message_id = any(:messages)")
        .bind("kind", kind).bindArray("messages", UUID.class, messages.toArray()).execute());
    tell(kind, cleared);
  }

  /** An import takes back what it stored: nothing of it is to be retried. */
  @Transactional
  public void removeOfImport(String kind, UUID importId) {
    tell(kind, database.ask(sql -> sql.createUpdate("delete from failed_item where kind = :kind and import_id = :import")
        .bind("kind", kind).bind("import", importId).execute()));
  }

  /** What an item was recorded with for its retry. */
  public Optional<String> payload(UUID id) {
    return database.ask(sql -> sql.createQuery("select payload from failed_item where id = :id and payload is not null").bind("id", id)
        .mapTo(String.class).findOne());
  }

  /** Takes items of the kind whose time has come, those that wait longest first. Safe on several nodes at a time. */
  @Transactional
  List<FailedItem> claim(String kind, int limit) {
    return database.ask(sql -> sql.createQuery("""
            update failed_item f set retry_at = now() + make_interval(secs => :claim) where f.id in (
              select id from failed_item where kind = :kind and retry_at <= now() order by retry_at limit :limit for update skip locked)
            returning\s""" + COLUMNS)
        .bind("claim", CLAIM.toSeconds()).bind("kind", kind).bind("limit", limit).map(Database.to(FailedItem.class)).list());
  }

  /** Removes those of them that have not failed again since they were claimed. */
  @Transactional
  void removeRetried(List<FailedItem> claimed) {
    int removed = database.ask(sql -> sql.createUpdate("""
            delete from failed_item f using unnest(:ids, :attempts) as claimed (id, attempts)
             where f.id = claimed.id and f.attempts = claimed.attempts""")
        .bindArray("ids", UUID.class, claimed.stream().map(FailedItem::id).toArray())
        .bindArray("attempts", Integer.class, claimed.stream().map(FailedItem::attempts).toArray()).execute());
    tell(claimed.getFirst().kind(), removed);
  }

  /**
   * Makes an item due now.
   *
   * @return false when it is not listed any more
   */
  @Transactional
  public boolean retry(UUID id) {
    int due = database.ask(sql -> sql.createUpdate("update failed_item set retry_at = now() where id = :id").bind("id", id).execute());
    tell("", due);
    return due > 0;
  }

  /**
   * Makes all items due now.
   *
   * @param kind only these, or null for all
   * @return how many
   */
  @Transactional
  public int retryAll(@Nullable String kind) {
    int due = database.ask(sql -> sql.createUpdate(
            "update failed_item set retry_at = now() where :kind::text is null or kind = :kind")
        .bindByType("kind", kind, String.class).execute());
    tell("", due);
    return due;
  }

  private void tell(String kind, int changed) {
    if (changed > 0) {
      live.publish(Event.FAILED_ITEMS_CHANGED, new FailedItemsChanged(kind));
    }
  }

  /**
   * Failed items, the latest first.
   *
   * @param kind only these, or null for all
   * @param before only those that failed for the first time before this one, for the next page; null for the first
   */
  public List<FailedItem> list(@Nullable String kind, @Nullable UUID before, int limit) {
    return database.ask(sql -> sql.createQuery("select " + COLUMNS + """
            \sfrom failed_item f where (:kind::text is null or kind = :kind) and (:before::uuid is null or id < :before)
             order by id desc limit :limit""")
        .bindByType("kind", kind, String.class).bindByType("before", before, UUID.class).bind("limit", limit)
        .map(Database.to(FailedItem.class)).list());
  }

  public Optional<FailedItem> find(UUID id) {
    return database.ask(sql -> sql.createQuery("select " + COLUMNS + " from failed_item f where id = :id").bind("id", id)
        .map(Database.to(FailedItem.class)).findOne());
  }

  /** What could not be done with a message. */
  public List<FailedItem> ofMessage(UUID message) {
    return database.ask(sql -> sql.createQuery("select " + COLUMNS + " from failed_item f where message_id = :message order by id")
        .bind("message", message).map(Database.to(FailedItem.class)).list());
  }

  /** How many there are. */
  public long count() {
    return database.ask(sql -> sql.createQuery("select count(*) from failed_item").mapTo(Long.class).one());
  }

  /** How many there are of a kind. */
  public long count(String kind) {
    return database.ask(sql -> sql.createQuery("select count(*) from failed_item where kind = :kind").bind("kind", kind)
        .mapTo(Long.class).one());
  }

  /**
   * A condition of SQL that leaves out messages whose work has failed: they are retried by themselves, and must not stand
   * in the way of what comes after them.
   *
   * @param kind of the work; a constant of the program
   * @param id the column with the id of the message
   */
  public static String notAmong(String kind, String id) {
    return "not exists (select from failed_item failed where failed.kind = '" + kind + "' and failed.message_id = " + id + ")";
  }
}
