package tasktracker.source.telegram.update;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.data.Database;
import tasktracker.platform.job.Jobs;
import tasktracker.platform.security.audit.Audit;
import tasktracker.platform.web.LocalizedMessages;

/** Queries of the inbox: unreadable updates, and the position of the job that parses all updates again. */
@ApplicationScoped
public class InboxUpdates {

  /** Maximum number of updates in a batch; fewer when they are large. */
  private static final int BATCH = 200;
  /** Maximum characters of a batch. */
  private static final int MAX_TEXT = 8 << 20;
  private static final int MAX_SHOWN = 20;
  private static final int MAX_COUNTED = 10_000;

  /** A stored update with its state. */
  record StoredUpdate(UUID id, UUID sourceId, String body, String state, @Nullable String error) {

    boolean isFailed() {
      return state.equals("failed");
    }

    boolean isStored() {
      return state.equals("stored");
    }
  }

  /** The position of the job; no id before the first update. */
  record Position(@Nullable UUID lastId, long done) {}

  /** An update that could not be parsed completely or was ignored, with the reason: in English, and as JSON if it is translated. */
  public record UnreadableUpdate(UUID id, @Nullable Long updateId, Instant receivedAt, String state, String error,
      @Nullable String reason) {

    /** The reason in this language, or in English if it is not translated. */
    public String reason(Locale locale) {
      return localized(reason, error, locale);
    }
  }

  /** The number of updates that were ignored for one reason. */
  public record IgnoredCount(long updates, String error, @Nullable String reason) {

    /** The reason in this language, or in English if it is not translated. */
    public String reason(Locale locale) {
      return localized(reason, error, locale);
    }
  }

  private final Database database;
  private final Jobs jobs;
  private final Audit audit;

  @Inject
  public InboxUpdates(Database database, Jobs jobs, Audit audit) {
    this.database = database;
    this.jobs = jobs;
    this.audit = audit;
  }

  /** Lists the latest updates that could not be parsed completely. */
  public List<UnreadableUpdate> listUnreadable() {
    return database.ask(sql -> sql.createQuery("""
            select id, update_id, received_at, state, coalesce(left(error, 300), '') as error, reason::text as reason from (
              (select * from inbox where state = 'failed' order by received_at desc limit :most)
              union all (select * from inbox where state = 'stored' and error is not null order by received_at desc limit :most)) i
             order by received_at desc limit :most""")
        .bind("most", MAX_SHOWN).map(Database.to(UnreadableUpdate.class)).list());
  }

  /** Lists the latest updates that were ignored. */
  public List<UnreadableUpdate> listIgnored() {
    return database.ask(sql -> sql.createQuery("""
            select id, update_id, received_at, state, coalesce(left(error, 300), '') as error, reason::text as reason
              from inbox where state = 'ignored' order by received_at desc limit :most""")
        .bind("most", MAX_SHOWN).map(Database.to(UnreadableUpdate.class)).list());
  }

  /**
   * Counts the updates that were ignored in the last seven days by reason, the most frequent first. Reads at most the latest
   * {@value #MAX_COUNTED}: a group that is not accepted may send many.
   */
  public List<IgnoredCount> countIgnored() {
    return database.ask(sql -> sql.createQuery("""
            select count(*) as updates, coalesce(left(error, 300), '') as error, reason::text as reason
              from (select error, reason from inbox where state = 'ignored' and received_at > now() - interval '7 days'
                     order by received_at desc limit :counted) latest
             group by 2, 3 order by 1 desc, 2 limit :most""")
        .bind("counted", MAX_COUNTED).bind("most", MAX_SHOWN).map(Database.to(IgnoredCount.class)).list());
  }

  private static String localized(@Nullable String reason, String english, Locale locale) {
    return LocalizedMessages.parse(reason).map(message -> message.in(locale)).orElse(english);
  }

  /** Enqueues a retry of one update. */
  @Transactional
  public void retry(UUID id) {
    audit.record("telegram.update_retried", "telegram_update", id, Map.of());
    jobs.enqueue(new SaveTelegramMessage(id), Jobs.Options.once("telegram-update:" + id));
  }

  /** Enqueues a job that parses all updates again, from where a cancelled job stopped. */
  @Transactional
  public UUID enqueueReread() {
    UUID job = enqueue();
    audit.record("telegram.updates_reread", "job", job, Map.of());
    return job;
  }

  private UUID enqueue() {
    return jobs.enqueue(new RereadUpdates(), Jobs.Options.once("reread-telegram-updates"));
  }

  /** Enqueues the job unless a parser of this or a later version has enqueued it. */
  @Transactional
  void enqueueRereadOnce(int reader) {
    boolean isNew = database.ask(sql -> sql.createQuery("""
            update inbox_reread set reader = :reader, last_id = null, done = 0 where reader < :reader
            returning exists (select from inbox)""").bind("reader", reader).mapTo(Boolean.class).findOne()).orElse(false);
    if (isNew) {
      enqueue();
    }
  }

  Position position() {
    return database.ask(sql -> sql.createQuery("select last_id, done from inbox_reread").map(Database.to(Position.class)).one());
  }

  long count() {
    return database.ask(sql -> sql.createQuery("select count(*) from inbox").mapTo(Long.class).one());
  }

  /** The next updates in the order of arrival. */
  List<StoredUpdate> nextBatch(@Nullable UUID last) {
    return database.ask(sql -> sql.createQuery("""
            select id, source_id, body, state, error from (
              select *, sum(length(body)) over (order by id) as size, row_number() over (order by id) as number
                from (select id, source_id, body::text as body, state, error from inbox
                       where id > coalesce(:last, '00000000-0000-0000-0000-000000000000'::uuid) order by id limit :batch) b) i
             where size <= :most or number = 1 order by id""")
        .bindByType("last", last, UUID.class).bind("batch", BATCH).bind("most", MAX_TEXT).map(Database.to(StoredUpdate.class)).list());
  }

  /**
   * Saves the position unless a later parser has reset it meanwhile.
   *
   * @return false when it was reset
   */
  boolean savePosition(Position previous, Position at) {
    return database.ask(sql -> sql.createUpdate("""
            update inbox_reread set last_id = :last, done = :done where last_id is not distinct from :previous""")
        .bindByType("last", at.lastId(), UUID.class).bindByType("previous", previous.lastId(), UUID.class)
        .bind("done", at.done()).execute()) > 0;
  }

  /** Marks the job as finished; the next one starts from the first update. */
  @Transactional
  void finish(Runnable sameTransaction) {
    database.run(sql -> sql.execute("update inbox_reread set last_id = null, done = 0"));
    sameTransaction.run();
  }

  void clearError(UUID id) {
    database.run(sql -> sql.createUpdate("update inbox set error = null, reason = null where id = :id and state = 'stored'").bind("id", id)
        .execute());
  }
}
