package tasktracker.source;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tasktracker.message.ChatMigrations;
import tasktracker.message.IncomingMessage;
import tasktracker.message.Messages;
import tasktracker.message.Sources;
import tasktracker.person.People;
import tasktracker.platform.batch.FailedItems;
import tasktracker.platform.data.Ids;
import tasktracker.platform.data.StorableText;
import tasktracker.platform.job.Job;
import tasktracker.platform.job.JobRun;
import tasktracker.platform.job.Jobs;
import tasktracker.platform.security.audit.Audit;
import tasktracker.platform.web.LocalizedMessage;
import tasktracker.platform.web.json.Json;
import tasktracker.platform.web.problem.Problem;
import tasktracker.source.format.ImportFormat;
import tasktracker.source.format.TranscriptEntry;

/** The repository of imports; each method is one transaction. */
@ApplicationScoped
public class Imports {

  private static final int DELETE_BATCH_SIZE = 2000;

  @PersistenceContext(unitName = "tasktracker") private EntityManager entities;
  @Inject private ImportFiles files;
  @Inject private ImportStore store;
  @Inject private Sources sources;
  @Inject private People people;
  @Inject private Messages messages;
  @Inject private ChatMigrations migrations;
  @Inject private DuplicateDetector duplicates;
  @Inject private RepeatDetector repeats;
  @Inject private Jobs jobs;
  @Inject private Audit audit;
  @Inject private ImportEventPublisher publisher;
  @Inject private FailedItems failedItems;
  @Inject private Clock clock;

  /** Creates an import before its file is uploaded. */
  @Transactional
  public UUID create(String by) {
    UUID id = Ids.next();
    entities.persist(new Import(id, by, now()));
    return id;
  }

  /** Deletes an import whose file was rejected. */
  @Transactional
  public void discard(UUID id) {
    entities.remove(lock(id));
  }

  /** Finishes the upload of a valid file and enqueues its dry run. */
  @Transactional
  public void finishUpload(UUID id, ImportFormat format, String fileName, long fileSize, boolean startsItself) {
    Import import_ = lock(id);
    import_.finishUpload(sources.getOrCreate(format.sourceName(), format.sourceType()), format.format(), fileName, fileSize, startsItself,
        now());
    assign(import_, new DryRunImport(id));
    audit.record("import.uploaded", "import", id, Map.of("format", format.format(), "bytes", fileSize));
  }

  /**
   * Saves the result of the dry run and starts the import when that was requested. Completes the job in the same
   * transaction.
   */
  @Transactional
  public void finishDryRun(UUID id, DryRunCounter counter, JobRun run) {
    Import import_ = lock(id);
    if (import_.status() == ImportStatus.DRY_RUN) {
      DryRun dryRun = counter.result();
      run.complete();
      import_.finishDryRun(dryRun, now());
      entities.flush();
      store.save(id, dryRun, counter.unreadable().stream().map(part -> part.why().reason().with(StorableText::of)).toList());
      if (import_.startsAutomatically()) {
        enqueueIngestion(import_);
      }
      publish(id);
    }
  }

  /** Publishes the progress of the dry run. */
  @Transactional
  public void publishProgress(UUID id) {
    store.find(id).ifPresent(publisher::publish);
  }

  @Transactional
  public void start(UUID id) {
    Import import_ = lock(id);
    boolean wasRehearsed = import_.hasDryRun() || import_.status() == ImportStatus.DRY_RUN;
    if (!wasRehearsed) {
      throw Problem.conflict(LocalizedMessage.of("problem.import.unread"));
    }
    if (import_.isFileDeleted()) {
      throw Problem.conflict(LocalizedMessage.of("problem.import.deleted"));
    }
    enqueueIngestion(import_);
    audit.record("import.started", "import", id, Map.of());
    publish(id);
  }

  private void enqueueIngestion(Import import_) {
    import_.start(now());
    if (import_.status() != ImportStatus.DRY_RUN) {
      assign(import_, new IngestMessages(import_.id()));
    }
  }

  private void assign(Import import_, Job job) {
    import_.assign(jobs.enqueue(job, Jobs.Options.once("import:" + import_.id() + ":" + job.getClass().getSimpleName())));
  }

  /** A worker starts the ingestion. Returns false when there is nothing to do. */
  @Transactional
  public boolean beginIngestion(UUID id) {
    Import import_ = entities.find(Import.class, id, LockModeType.PESSIMISTIC_WRITE);
    if (import_ == null || import_.status() != ImportStatus.PENDING && !import_.isRunning()) {
      return false;
    }
    import_.markRunning(now());
    publish(id);
    return true;
  }

  /**
   * Stores the next lines and the position from which to resume.
   *
   * @param from number of lines that were finished before these
   * @param isPublished whether the progress is published
   * @return false when the import is no longer running, or another worker has stored these lines
   */
  @Transactional
  public boolean storeBatch(UUID id, long from, List<TranscriptEntry> lines, boolean isPublished) {
    Import import_ = entities.find(Import.class, id, LockModeType.PESSIMISTIC_WRITE);
    if (import_ == null || !import_.isRunning() || import_.linesDone() != from) {
      return false;
    }
    UUID source = Objects.requireNonNull(import_.sourceId());
    List<IncomingMessage> incoming = migrations.adjust(source, lines.stream().filter(TranscriptEntry.Parsed.class::isInstance)
        .map(line -> ((TranscriptEntry.Parsed) line).message()).toList());
    Set<Integer> sameContent = duplicates.findByContent(source, incoming);
    var receipt = messages.receiveAll(source, id,
        IntStream.range(0, incoming.size()).filter(i -> !sameContent.contains(i)).mapToObj(incoming::get).toList());
    long faults = lines.stream().filter(TranscriptEntry::isFault).count();
    import_.recordBatch(lines.size(), receipt, sameContent.size(), (int) faults, now());
    if (isPublished) {
      publish(id);
    }
    return true;
  }

  /**
   * Skips a line that cannot be stored and advances the position. The line is recorded as a failed item with its
   * message, so that it can be retried after the file is deleted.
   *
   * @param from how many lines were done before it
   * @return as {@link #storeBatch}
   */
  @Transactional
  public boolean recordFailedLine(UUID id, long from, TranscriptEntry line, Throwable cause) {
    Import import_ = entities.find(Import.class, id, LockModeType.PESSIMISTIC_WRITE);
    if (import_ == null || !import_.isRunning() || import_.linesDone() != from) {
      return false;
    }
    @Nullable
    String message = line instanceof TranscriptEntry.Parsed incoming ? Json.jsonb().toJson(incoming.message()) : null;
    failedItems.record(FailedImportMessageHandler.KIND, new FailedItems.Failure(id + ":" + (from + 1), null, id, message, cause));
    import_.recordFailedLine(now());
    return true;
  }

  /**
   * Stores a message that was recorded as a failed item. Does nothing when the import is deleted or undone.
   *
   * @param message as it was in the file
   */
  @Transactional
  public void retryFailedMessage(UUID id, IncomingMessage message) {
    Import import_ = entities.find(Import.class, id, LockModeType.PESSIMISTIC_WRITE);
    if (import_ == null || ImportStatus.UNDONE_OR_UNDOING.contains(import_.status())) {
      return;
    }
    UUID source = Objects.requireNonNull(import_.sourceId());
    List<IncomingMessage> incoming = migrations.adjust(source, List.of(message));
    int sameContent = duplicates.findByContent(source, incoming).size();
    import_.recordRetriedLine(messages.receiveAll(source, id, sameContent > 0 ? List.of() : incoming), sameContent, now());
    publish(id);
  }

  /**
   * All lines are stored. Completes the job in the same transaction, so that after a lost connection both are committed
   * or neither is.
   */
  @Transactional
  public void complete(UUID id, JobRun run) {
    Import import_ = lock(id);
    if (import_.isRunning()) {
      run.complete();
      import_.complete(now());
      deleteFileOf(id);
      publish(id);
    }
  }

  /** Fails the import with the reason and completes the job: a retry would fail again. */
  @Transactional
  public void fail(UUID id, LocalizedMessage reason, JobRun run) {
    if (ImportStatus.IN_PROGRESS.contains(lock(id).status())) {
      run.complete();
      fail(id, reason);
    }
  }

  /** Fails the import with the reason, in English for API clients and in a form that can be translated. */
  @Transactional
  public void fail(UUID id, LocalizedMessage reason) {
    Import import_ = lock(id);
    if (ImportStatus.IN_PROGRESS.contains(import_.status())) {
      LocalizedMessage storable = reason.with(StorableText::of);
      import_.fail(storable.english(), now());
      entities.flush();
      store.save(id, storable);
      publish(id);
    }
  }

  /** Fails the import, unless another job works on it now. */
  @Transactional
  public void failIfJobIsDead(UUID id, UUID deadJob, LocalizedMessage reason) {
    if (deadJob.equals(lock(id).jobId())) {
      fail(id, reason);
    }
  }

  @Transactional
  public void cancel(UUID id) {
    Import import_ = lock(id);
    @Nullable
    UUID job = import_.jobId();
    import_.cancel(now());
    if (job != null) {
      jobs.cancel(job);
    }
    audit.record("import.cancelled", "import", id, Map.of());
    publish(id);
  }

  /** Deletes the file of an import that is not in progress; it can no longer be started. */
  @Transactional
  public void deleteFile(UUID id) {
    deleteFile(lock(id));
    audit.record("import.file_deleted", "import", id, Map.of());
  }

  /** Deletes the file of an import that has not changed for that long, unless it changed in the meantime. */
  @Transactional
  public void deleteExpiredFile(UUID id, Duration maxAge) {
    Import import_ = lock(id);
    if (ImportStatus.STARTABLE.contains(import_.status()) && !import_.isFileDeleted() && import_.isUnchangedSince(now().minus(maxAge))) {
      deleteFile(import_);
    }
  }

  private void deleteFile(Import import_) {
    import_.deleteFile(now());
    deleteFileOf(import_.id());
    publish(import_.id());
  }

  private void deleteFileOf(UUID id) {
    files.delete(id);
    repeats.delete(id);
  }

  /** Starts to undo the import. */
  @Transactional
  public void undo(UUID id) {
    Import import_ = lock(id);
    import_.undo(now());
    failedItems.removeOfImport(FailedImportMessageHandler.KIND, id);
    assign(import_, new UndoImport(id));
    audit.record("import.undone", "import", id, Map.of());
    publish(id);
  }

  /** Deletes a batch of its messages; returns true when none is left and the import is undone. */
  @Transactional
  public boolean undoBatch(UUID id) {
    Import import_ = entities.find(Import.class, id, LockModeType.PESSIMISTIC_WRITE);
    if (import_ == null || import_.status() != ImportStatus.UNDOING) {
      return true;
    }
    if (messages.deleteImported(id, DELETE_BATCH_SIZE) > 0) {
      return false;
    }
    UUID source = import_.sourceId();
    if (source != null) { // An import gets its source with its file; without one it created nothing.
      deleteUnused(source, import_.startedAt());
    }
    import_.finishUndo(now());
    deleteFileOf(id);
    publish(id);
    return true;
  }

  /** Deletes the chats and people that were created since and that have no messages left. */
  private void deleteUnused(UUID source, @Nullable Instant since) {
    sources.deleteUnusedChats(source, since);
    people.deleteUnused(source, since);
  }

  private void publish(UUID id) {
    entities.flush();
    store.find(id).ifPresent(publisher::publish);
  }

  private Import lock(UUID id) {
    Import counter = entities.find(Import.class, id, LockModeType.PESSIMISTIC_WRITE);
    if (counter == null) {
      throw Problem.notFound(LocalizedMessage.of("problem.none.import"));
    }
    return counter;
  }

  private Instant now() {
    return clock.instant();
  }
}
