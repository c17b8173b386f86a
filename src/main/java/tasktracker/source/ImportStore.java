package tasktracker.source;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.data.Database;
import tasktracker.platform.web.LocalizedMessage;
import tasktracker.platform.web.LocalizedMessages;
import tasktracker.platform.web.json.Json;

/** SQL statements about imports. All join the caller's transaction. */
@ApplicationScoped
public class ImportStore {

  private static final String SELECT = """
      select id, source_id, format, file_name, file_size, status, lines_done, lines_total, batches_done,
             messages_stored, messages_revised, messages_skipped, errors_count, chats_total, first_sent_at, last_sent_at,
             rehearsal::text as rehearsal, unreadable_reasons::text as unreadable_reasons, file_deleted_at, error,
             error_saying::text as error_saying, created_by, created_at, started_at, ended_at, updated_at
        from import
      """;
  private final Database database;

  @Inject
  public ImportStore(Database database) {
    this.database = database;
  }

  public Optional<ImportView> find(UUID id) {
    return database.ask(sql -> sql.createQuery(SELECT + "where id = :id").bind("id", id)
        .map(Database.to(ImportView.Row.class)).findOne()).map(ImportView::of);
  }

  /**
   * Lists the newest imports.
   *
   * @param status only imports with this status; null for all
   */
  public List<ImportView> list(@Nullable String status, int limit) {
    return database.ask(sql -> sql.createQuery(SELECT + """
            where status <> 'uploading' and (:status::text is null or status = :status)
            order by created_at desc limit :limit""")
        .bind("status", status).bind("limit", limit).map(Database.to(ImportView.Row.class)).list())
        .stream().map(ImportView::of).toList();
  }

  /** How much of a file has been read, in megabytes. */
  public record ReadProgress(long megabytes, long of) {}

  /** The progress of a dry run; empty when none is running. */
  public Optional<ReadProgress> findProgress(UUID id) {
    return database.ask(sql -> sql.createQuery("""
            select j.progress_done * 1024 / 1000000 as megabytes, greatest(1, i.file_size / 1000000) as "of"
              from import i join job j on j.id = i.job_id
             where i.id = :id and i.status = 'rehearsing' and j.state = 'running' and j.progress_done is not null""")
        .bind("id", id).map(Database.to(ReadProgress.class)).findOne());
  }

  /** The data that a worker needs. */
  record Task(UUID id, UUID sourceId, String format, long fileSize, long linesDone, long linesTotal) {}

  /** Finds the import if it has that status. */
  Optional<Task> findTask(UUID id, ImportStatus status) {
    return database.ask(sql -> sql.createQuery("""
            select id, source_id, format, file_size, lines_done, lines_total from import
             where id = :id and status = :status""")
        .bind("id", id).bind("status", status.wire()).map(Database.to(Task.class)).findOne());
  }

  /** An import whose job is dead; lost when its worker was lost several times. */
  record Abandoned(UUID id, UUID jobId, boolean isLost) {}

  /** Lists imports whose job is dead. */
  List<Abandoned> listAbandoned() {
    return database.ask(sql -> sql.createQuery("""
            select i.id, j.id as job_id,
                   (select count(*) >= 3 from job_attempt a where a.job_id = j.id and a.outcome = 'lost') as is_lost
              from import i join job j on j.id = i.job_id
             where i.status in ('rehearsing', 'pending', 'running', 'undoing') and j.state = 'dead'""")
        .map(Database.to(Abandoned.class)).list());
  }

  /** Saves the result of a dry run, and the reasons of unreadable parts in a form that can be translated. */
  void save(UUID id, DryRun dryRun, List<LocalizedMessage> reasons) {
    String sayings = reasons.stream().map(LocalizedMessages::toJson).collect(Collectors.joining(",", "[", "]"));
    database.run(sql -> sql.createUpdate(
        "update import set rehearsal = :rehearsal::jsonb, unreadable_reasons = :reasons::jsonb where id = :id")
        .bind("id", id).bind("rehearsal", Json.jsonb().toJson(dryRun).replace("\\u0000", "\\ufffd"))
        .bind("reasons", sayings).execute());
  }

  void save(UUID id, LocalizedMessage reason) {
    database.run(sql -> sql.createUpdate("update import set error_saying = :saying::jsonb where id = :id")
        .bind("id", id).bind("saying", LocalizedMessages.toJson(reason)).execute());
  }

  /** Finds imports that have a file and have not changed for that long, the oldest first, at most a thousand. */
  List<UUID> findWithFileOlderThan(Duration time) {
    return database.ask(sql -> sql.createQuery("""
            select id from import
             where status in ('ready', 'failed', 'cancelled') and file_deleted_at is null
               and updated_at < now() - :seconds * interval '1 second'
             order by updated_at limit 1000""")
        .bind("seconds", time.toSeconds()).mapTo(UUID.class).list());
  }

  /** Deletes uploads that were never finished. */
  public void deleteStaleUploads() {
    database.run(sql -> sql.createUpdate(
        "delete from import where status = 'uploading' and updated_at < now() - interval '1 day'").execute());
  }
}
