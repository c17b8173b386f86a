package tasktracker.source;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tasktracker.message.Messages.BatchReceipt;
import tasktracker.platform.web.LocalizedMessage;
import tasktracker.platform.web.problem.Problem;

/**
 * An import of a file of messages. It is uploaded, checked by a dry run, started, and stored batch by batch. It can be
 * cancelled between two batches and resumed, and what it stored can be undone. The number of finished lines is written
 * in the transaction that stores their messages, so it resumes exactly where it stopped.
 */
@Entity
@Table(name = "import")
public class Import {

  @Id private UUID id;
  private @Nullable UUID sourceId;
  private @Nullable String format;
  private @Nullable String fileName;
  private long fileSize;
  @Enumerated(EnumType.STRING) private ImportStatus status;
  @Column(name = "starts_itself") private boolean startsAutomatically;
  private long linesDone;
  private long linesTotal;
  private int batchesDone;
  private long messagesStored;
  private long messagesRevised;
  private long messagesSkipped;
  private long errorsCount;
  private int chatsTotal;
  private @Nullable Instant firstSentAt;
  private @Nullable Instant lastSentAt;
  private @Nullable UUID jobId;
  private @Nullable String error;
  private @Nullable Instant fileDeletedAt;
  private String createdBy;
  private Instant createdAt;
  private @Nullable Instant startedAt;
  private @Nullable Instant endedAt;
  private Instant updatedAt;

  protected Import() {}

  /** An import whose file is not uploaded yet. */
  public Import(UUID id, String createdBy, Instant now) {
    this.id = id;
    this.createdBy = createdBy;
    this.createdAt = now;
    this.updatedAt = now;
    this.status = ImportStatus.UPLOADING;
  }

  /**
   * The file is uploaded completely.
   *
   * @param startsAutomatically whether it starts by itself after the dry run
   */
  public void finishUpload(UUID sourceId, String format, String fileName, long fileSize, boolean startsAutomatically, Instant now) {
    transition(ImportStatus.DRY_RUN, Set.of(ImportStatus.UPLOADING), "rehearse", now);
    this.sourceId = sourceId;
    this.format = format;
    this.fileName = fileName;
    this.fileSize = fileSize;
    this.startsAutomatically = startsAutomatically;
  }

  /** The dry run is finished. */
  public void finishDryRun(DryRun dryRun, Instant now) {
    transition(ImportStatus.READY, Set.of(ImportStatus.DRY_RUN), "rehearse", now);
    linesTotal = dryRun.lines();
    chatsTotal = dryRun.chats().size();
    firstSentAt = dryRun.firstSentAt();
    lastSentAt = dryRun.lastSentAt();
  }

  /**
   * Starts it, or resumes it. During the dry run the request is remembered; while it is pending or running, nothing
   * changes.
   */
  public void start(Instant now) {
    if (status == ImportStatus.DRY_RUN) {
      startsAutomatically = true;
    } else if (status != ImportStatus.PENDING && status != ImportStatus.RUNNING) {
      transition(ImportStatus.PENDING, ImportStatus.STARTABLE, "start", now);
      error = null;
      endedAt = null;
    }
  }

  /** A worker starts it, or resumes it after a crash. */
  public void markRunning(Instant now) {
    transition(ImportStatus.RUNNING, Set.of(ImportStatus.PENDING, ImportStatus.RUNNING), "run", now);
    startedAt = startedAt == null ? now : startedAt;
  }

  /**
   * A batch was stored.
   *
   * @param echoes messages that are stored under another id
   * @param faults entries that could not be stored
   */
  public void recordBatch(int lines, BatchReceipt receipt, int echoes, int faults, Instant now) {
    linesDone += lines;
    batchesDone++;
    messagesStored += receipt.stored();
    messagesRevised += receipt.revised();
    messagesSkipped += receipt.skipped() + echoes;
    errorsCount += faults;
    updatedAt = now;
  }

  /** A line could not be stored and was skipped; it counts as an error until a retry stores it. */
  public void recordFailedLine(Instant now) {
    linesDone++;
    batchesDone++;
    errorsCount++;
    updatedAt = now;
  }

  /** A failed line was stored by a retry. */
  public void recordRetriedLine(BatchReceipt receipt, int echoes, Instant now) {
    messagesStored += receipt.stored();
    messagesRevised += receipt.revised();
    messagesSkipped += receipt.skipped() + echoes;
    errorsCount = Math.max(0, errorsCount - 1);
    updatedAt = now;
  }

  public void complete(Instant now) {
    transition(ImportStatus.COMPLETED, Set.of(ImportStatus.RUNNING), "complete", now);
    endedAt = now;
  }

  public void fail(String reason, Instant now) {
    transition(ImportStatus.FAILED, ImportStatus.IN_PROGRESS, "fail", now);
    error = reason;
    endedAt = now;
  }

  public void cancel(Instant now) {
    transition(ImportStatus.CANCELLED, ImportStatus.CANCELLABLE, "cancel", now);
    endedAt = now;
  }

  /** Deletes its file, so that it can no longer be started; its messages remain. */
  public void deleteFile(Instant now) {
    if (status == ImportStatus.READY) {
      cancel(now);
    }
    transition(status, ImportStatus.STARTABLE, "delete", now);
    fileDeletedAt = now;
  }

  public boolean isFileDeleted() {
    return fileDeletedAt != null;
  }

  public void undo(Instant now) {
    if (status != ImportStatus.UNDOING) {
      transition(ImportStatus.UNDOING, ImportStatus.UNDOABLE, "undo", now);
    }
  }

  public void finishUndo(Instant now) {
    transition(ImportStatus.UNDONE, Set.of(ImportStatus.UNDOING), "undo", now);
    endedAt = now;
  }

  private void transition(ImportStatus next, Set<ImportStatus> from, String verb, Instant now) {
    if (!from.contains(status)) {
      throw Problem.conflict(LocalizedMessage.of("problem.import.state", LocalizedMessage.of("ingestion.status." + status.wire()),
          LocalizedMessage.of("problem.import." + verb)));
    }
    status = next;
    updatedAt = now;
  }

  /** Sets its current job. */
  public void assign(UUID job) {
    jobId = job;
  }

  public boolean isRunning() {
    return status == ImportStatus.RUNNING;
  }

  /** Whether its dry run succeeded; after a failed dry run it cannot be started. */
  public boolean hasDryRun() {
    return linesTotal > 0;
  }

  public boolean isUnchangedSince(Instant moment) {
    return updatedAt.isBefore(moment);
  }

  public boolean startsAutomatically() {
    return startsAutomatically;
  }

  public ImportStatus status() {
    return status;
  }

  public UUID id() {
    return id;
  }

  public @Nullable UUID sourceId() {
    return sourceId;
  }

  public @Nullable String format() {
    return format;
  }

  public long linesDone() {
    return linesDone;
  }

  public long linesTotal() {
    return linesTotal;
  }

  public @Nullable UUID jobId() {
    return jobId;
  }

  public @Nullable Instant startedAt() {
    return startedAt;
  }
}
