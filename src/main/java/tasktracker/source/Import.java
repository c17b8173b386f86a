package tasktracker.source;

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
import tasktracker.platform.web.Problem;
import tasktracker.platform.web.LocalizedMessage;

/**
 * A file of messages on its way in. It is uploaded, rehearsed (read through, nothing stored), started, and taken in
 * batch by batch; it may be cancelled between any two batches and go on from there, and what it stored can be taken
 * away again. How many lines are done is written together with what they said, so it goes on exactly where it stopped.
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
  private boolean startsItself;
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
  private String createdBy;
  private Instant createdAt;
  private @Nullable Instant startedAt;
  private @Nullable Instant endedAt;
  private Instant updatedAt;

  protected Import() {}

  /** An import whose file is still to come. */
  public Import(UUID id, String createdBy, Instant now) {
    this.id = id;
    this.createdBy = createdBy;
    this.createdAt = now;
    this.updatedAt = now;
    this.status = ImportStatus.UPLOADING;
  }

  /**
   * The whole file is here.
   *
   * @param startsItself whether it goes on by itself after the rehearsal
   */
  public void uploaded(UUID sourceId, String format, String fileName, long fileSize, boolean startsItself, Instant now) {
    become(ImportStatus.REHEARSING, Set.of(ImportStatus.UPLOADING), "rehearse", now);
    this.sourceId = sourceId;
    this.format = format;
    this.fileName = fileName;
    this.fileSize = fileSize;
    this.startsItself = startsItself;
  }

  /** The file was read to its end. */
  public void rehearsed(DryRun rehearsal, Instant now) {
    become(ImportStatus.READY, Set.of(ImportStatus.REHEARSING), "rehearse", now);
    linesTotal = rehearsal.lines();
    chatsTotal = rehearsal.chats().size();
    firstSentAt = rehearsal.firstSentAt();
    lastSentAt = rehearsal.lastSentAt();
  }

  /** Somebody wants it in. While it is rehearsed that is remembered; when it is on its way nothing changes. */
  public void start(Instant now) {
    if (status == ImportStatus.REHEARSING) {
      startsItself = true;
    } else if (status != ImportStatus.PENDING && status != ImportStatus.RUNNING) {
      become(ImportStatus.PENDING, ImportStatus.STARTABLE, "start", now);
      error = null;
      endedAt = null;
    }
  }

  /** A worker begins, or goes on after a crash. */
  public void run(Instant now) {
    become(ImportStatus.RUNNING, Set.of(ImportStatus.PENDING, ImportStatus.RUNNING), "run", now);
    startedAt = startedAt == null ? now : startedAt;
  }

  /**
   * A batch was stored.
   *
   * @param echoes messages that were known under another id
   * @param faults entries that could not be kept
   */
  public void took(int lines, BatchReceipt receipt, int echoes, int faults, Instant now) {
    linesDone += lines;
    batchesDone++;
    messagesStored += receipt.stored();
    messagesRevised += receipt.revised();
    messagesSkipped += receipt.skipped() + echoes;
    errorsCount += faults;
    updatedAt = now;
  }

  public void complete(Instant now) {
    become(ImportStatus.COMPLETED, Set.of(ImportStatus.RUNNING), "complete", now);
    endedAt = now;
  }

  public void fail(String reason, Instant now) {
    become(ImportStatus.FAILED, ImportStatus.MOVING, "fail", now);
    error = reason;
    endedAt = now;
  }

  public void cancel(Instant now) {
    become(ImportStatus.CANCELLED, ImportStatus.CANCELLABLE, "cancel", now);
    endedAt = now;
  }

  public void undo(Instant now) {
    if (status != ImportStatus.UNDOING) {
      become(ImportStatus.UNDOING, ImportStatus.UNDOABLE, "undo", now);
    }
  }

  public void undone(Instant now) {
    become(ImportStatus.UNDONE, Set.of(ImportStatus.UNDOING), "undo", now);
    endedAt = now;
  }

  private void become(ImportStatus next, Set<ImportStatus> from, String verb, Instant now) {
    if (!from.contains(status)) {
      throw Problem.conflict(LocalizedMessage.of("problem.import.state", LocalizedMessage.of("ingestion.status." + status.wire()), LocalizedMessage.of("problem.import." + verb)));
    }
    status = next;
    updatedAt = now;
  }

  /** The job that works on it now. */
  public void assign(UUID job) {
    jobId = job;
  }

  public boolean isRunning() {
    return status == ImportStatus.RUNNING;
  }

  /** True when it has been rehearsed without a hitch; a failed rehearsal leaves nothing to go on with. */
  public boolean isRehearsed() {
    return linesTotal > 0;
  }

  public boolean startsItself() {
    return startsItself;
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
