package tasktracker.source.telegram;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.data.Database;
import tasktracker.platform.job.Jobs;
import tasktracker.platform.security.Audit;

/** The updates in the inbox: those that could not be read, and reading all of them again. */
@ApplicationScoped
public class InboxUpdates {

  /** Updates that are read in one go; fewer when they are large. */
  private static final int BATCH = 200;
  /** Characters of one batch. */
  private static final int MOST_TEXT = 8 << 20;
  private static final int MOST_SHOWN = 20;

  /** A kept update with what became of it. */
  record Kept(UUID id, UUID sourceId, String body, String state, @Nullable String error) {

    boolean isFailed() {
      return state.equals("failed");
    }

    boolean isStored() {
      return state.equals("stored");
    }
  }

  /** How far reading again has come; no id before the first update. */
  record Position(@Nullable UUID lastId, long done) {}

  /** An update of which something could not be read, and why. */
  public record Unread(UUID id, @Nullable Long updateId, Instant receivedAt, String state, String error) {}

  private @Nullable Database database;
  private @Nullable Jobs jobs;
  private @Nullable Audit audit;

  protected InboxUpdates() {}

  @Inject
  public InboxUpdates(Database database, Jobs jobs, Audit audit) {
    this.database = database;
    this.jobs = jobs;
    this.audit = audit;
  }

  /** The latest of which something could not be read. */
  public List<Unread> unread() {
    return database.ask(sql -> sql.createQuery("""
            select id, update_id, received_at, state, coalesce(left(error, 300), '') as error from (
              (select * from inbox where state = 'failed' order by received_at desc limit :most)
              union all (select * from inbox where state = 'stored' and error is not null order by received_at desc limit :most)) i
             order by received_at desc limit :most""")
        .bind("most", MOST_SHOWN).map(Database.to(Unread.class)).list());
  }

  /** Asks for one update to be read again. */
  @Transactional
  public void retry(UUID id) {
    audit.record("telegram.update_retried", "telegram_update", id, Map.of());
    jobs.enqueue(new SaveTelegramMessage(id), Jobs.Options.once("telegram-update:" + id));
  }

  /** Asks for all to be read again, from where a cancelled job has come. */
  @Transactional
  public UUID reread() {
    UUID job = enqueue();
    audit.record("telegram.updates_reread", "job", job, Map.of());
    return job;
  }

  private UUID enqueue() {
    return jobs.enqueue(new RereadUpdates(), Jobs.Options.once("reread-telegram-updates"));
  }

  /** Asks for the same when no reader as new as this has asked for it. */
  @Transactional
  void rereadOnce(int reader) {
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

  /** The next updates in the order in which they came. */
  List<Kept> after(@Nullable UUID last) {
    return database.ask(sql -> sql.createQuery("""
            select id, source_id, body, state, error from (
              select *, sum(length(body)) over (order by id) as size, row_number() over (order by id) as number
                from (select id, source_id, body::text as body, state, error from inbox
                       where id > coalesce(:last, '00000000-0000-0000-0000-000000000000'::uuid) order by id limit :batch) b) i
             where size <= :most or number = 1 order by id""")
        .bindByType("last", last, UUID.class).bind("batch", BATCH).bind("most", MOST_TEXT).map(Database.to(Kept.class)).list());
  }

  void moveTo(Position at) {
    database.run(sql -> sql.createUpdate("update inbox_reread set last_id = :last, done = :done")
        .bindByType("last", at.lastId(), UUID.class).bind("done", at.done()).execute());
  }

  /** The end: whoever asks again begins anew. */
  @Transactional
  void finish(Runnable together) {
    database.run(sql -> sql.execute("update inbox_reread set last_id = null, done = 0"));
    together.run();
  }

  void understood(UUID id) {
    database.run(sql -> sql.createUpdate("update inbox set error = null where id = :id and state = 'stored'").bind("id", id).execute());
  }
}
