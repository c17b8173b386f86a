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
 * The list of failed items. Each method joins the caller's transaction. An item is listed once for each kind of work; it is
 * removed when the work succeeds, and together with its message or import.
 */
@ApplicationScoped
public class FailedItems {

  /** After this many failures an item is only retried manually. The delays before that are 1, 4, 16, 64 and 256 minutes. */
  public static final int MAX_ATTEMPTS = 6;
  private static final System.Logger LOG = System.getLogger(FailedItems.class.getName());
  private static final int MAX_ERROR_LENGTH = 1_000;
  /** An item that was claimed by a node that then stopped is due again after this. */
  private static final Duration CLAIM_DURATION = Duration.ofMinutes(15);
  private static final String COLUMNS = "f.id, f.kind, f.item, f.message_id, f.import_id, f.error, f.attempts,"
      + " f.first_failed_at, f.last_failed_at, f.retry_at";

  /**
   * An item that failed.
   *
   * @param payload data that the retry needs and that is stored nowhere else, or null
   */
  public record Failure(String item, @Nullable UUID messageId, @Nullable UUID importId, @Nullable String payload, Throwable cause) {

    /** A failure of work on a stored message. */
    public static Failure ofMessage(UUID message, Throwable cause) {
      return new Failure(message.toString(), message, null, null, cause);
    }
  }

  /** Event: failed items of the kind were added, retried or removed. */
  public record FailedItemsChanged(String kind) {}

  private final Database database;
  private final EventPublisher publisher;

  @Inject
  public FailedItems(Database database, EventPublisher publisher) {
    this.database = database;
    this.publisher = publisher;
  }

  /**
   * Adds an item that failed, or counts a further failure of it. Nothing is recorded for a message that was deleted.
   *
   * @param kind the kind of a {@link FailedItemHandler}
   */
  @Transactional
  public void record(String kind, Failure failure) {
    LOG.log(Level.WARNING, "Item " + failure.item() + " failed (" + kind + "); the rest of its batch is processed", failure.cause());
    database.run(sql -> sql.createUpdate("""
            insert into failed_item as f (id, kind, item, message_id, import_id, payload, error, retry_at)
            select :id, :kind, :item, :message, :import, :payload, :error, now() + interval '1 minute'
             where :message::uuid is null or exists (select from message where id = :message for key share)
            on conflict (kind, item) do update set error = excluded.error, attempts = least(f.attempts, 1000000) + 1,
              last_failed_at = now(),
               retry_at = case when f.attempts + 1 < :most then now() + interval '1 minute' * power(4, f.attempts) end""")
        .bind("id", Ids.next()).bind("kind", kind).bind("item", failure.item()).bindByType("message", failure.messageId(), UUID.class)
        .bindByType("import", failure.importId(), UUID.class).bindByType("payload", failure.payload(), String.class)
        .bind("error", error(failure.cause())).bind("most", MAX_ATTEMPTS).execute());
    publisher.publish(Event.FAILED_ITEMS_CHANGED, new FailedItemsChanged(kind));
  }

  private static String error(Throwable cause) {
    return StorableText.truncate(StorableText.of(FailureCause.describe(cause)), MAX_ERROR_LENGTH);
  }

  /** Removes messages from the list because the work on them has succeeded. */
  @Transactional
  public void clear(String kind, Collection<UUID> messages) {
    int cleared = messages.isEmpty()
        ? 0
        : database.ask(sql -> sql.createUpdate(
            "delete from failed_item where kind = :kind and message_id = any(:messages)")
            .bind("kind", kind).bindArray("messages", UUID.class, messages.toArray()).execute());
    publishChange(kind, cleared);
  }

  /** Removes items that are no messages from the list because the work on them has succeeded. */
  @Transactional
  public void clearItems(String kind, Collection<String> items) {
    int cleared = items.isEmpty()
        ? 0
        : database.ask(sql -> sql.createUpdate("delete from failed_item where kind = :kind and item = any(:items)")
            .bind("kind", kind).bindArray("items", String.class, items.toArray()).execute());
    publishChange(kind, cleared);
  }

  /** Removes the items of an import that is undone. */
  @Transactional
  public void removeOfImport(String kind, UUID importId) {
    publishChange(kind, database.ask(sql -> sql.createUpdate("delete from failed_item where kind = :kind and import_id = :import")
        .bind("kind", kind).bind("import", importId).execute()));
  }

  /** The data that an item was recorded with for its retry. */
  public Optional<String> payload(UUID id) {
    return database.ask(sql -> sql.createQuery("select payload from failed_item where id = :id and payload is not null").bind("id", id)
        .mapTo(String.class).findOne());
  }

  /** Claims due items of the kind, the longest due first. Safe on several nodes at a time. */
  @Transactional
  List<FailedItem> claim(String kind, int limit) {
    return database.ask(sql -> sql.createQuery("""
            update failed_item f set retry_at = now() + make_interval(secs => :claim) where f.id in (
              select id from failed_item where kind = :kind and retry_at <= now() order by retry_at limit :limit for update skip locked)
            returning\s""" + COLUMNS)
        .bind("claim", CLAIM_DURATION.toSeconds()).bind("kind", kind).bind("limit", limit).map(Database.to(FailedItem.class)).list());
  }

  /** Removes claimed items that have not failed again since. */
  @Transactional
  void removeRetried(List<FailedItem> claimed) {
    int removed = database.ask(sql -> sql.createUpdate("""
            delete from failed_item f using unnest(:ids, :attempts) as claimed (id, attempts)
             where f.id = claimed.id and f.attempts = claimed.attempts""")
        .bindArray("ids", UUID.class, claimed.stream().map(FailedItem::id).toArray())
        .bindArray("attempts", Integer.class, claimed.stream().map(FailedItem::attempts).toArray()).execute());
    publishChange(claimed.getFirst().kind(), removed);
  }

  /**
   * Makes an item due now.
   *
   * @return false when it is no longer listed
   */
  @Transactional
  public boolean retry(UUID id) {
    int due = database.ask(sql -> sql.createUpdate("update failed_item set retry_at = now() where id = :id").bind("id", id).execute());
    publishChange("", due);
    return due > 0;
  }

  /**
   * Makes all items due now.
   *
   * @param kind the kind, or null for all
   * @return the number of items
   */
  @Transactional
  public int retryAll(@Nullable String kind) {
    int due = database.ask(sql -> sql.createUpdate(
        "update failed_item set retry_at = now() where :kind::text is null or kind = :kind")
        .bindByType("kind", kind, String.class).execute());
    publishChange("", due);
    return due;
  }

  private void publishChange(String kind, int changed) {
    if (changed > 0) {
      publisher.publish(Event.FAILED_ITEMS_CHANGED, new FailedItemsChanged(kind));
    }
  }

  /**
   * Lists failed items, the latest first.
   *
   * @param kind the kind, or null for all
   * @param before only items that first failed before this one, for the next page; null for the first page
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

  /** Lists the failed items of a message. */
  public List<FailedItem> ofMessage(UUID message) {
    return database.ask(sql -> sql.createQuery("select " + COLUMNS + " from failed_item f where message_id = :message order by id")
        .bind("message", message).map(Database.to(FailedItem.class)).list());
  }

  /** Counts all items. */
  public long count() {
    return database.ask(sql -> sql.createQuery("select count(*) from failed_item").mapTo(Long.class).one());
  }

  /** Counts the items of a kind. */
  public long count(String kind) {
    return database.ask(sql -> sql.createQuery("select count(*) from failed_item where kind = :kind").bind("kind", kind)
        .mapTo(Long.class).one());
  }

  /**
   * Returns a condition in SQL that excludes messages with a failed item of the kind. They are retried separately and must
   * not block the messages after them.
   *
   * @param kind the kind of work; a constant of the program
   * @param id the column with the id of the message
   */
  public static String exclude(String kind, String id) {
    return "not exists (select from failed_item failed where failed.kind = '" + kind + "' and failed.message_id = " + id + ")";
  }
}
