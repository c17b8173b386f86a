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
import tasktracker.platform.batch.FailedItems;
import tasktracker.platform.data.Ids;
import tasktracker.platform.data.StorableText;
import tasktracker.platform.job.Job;
import tasktracker.platform.job.JobRun;
import tasktracker.platform.job.Jobs;
import tasktracker.platform.security.Audit;
import tasktracker.platform.web.Json;
import tasktracker.platform.web.Problem;
import tasktracker.platform.web.LocalizedMessage;

/** All imports: each verb is one transaction. */
@ApplicationScoped
public class Imports {

  @PersistenceContext(unitName = "tasktracker")
  private EntityManager entities;
  @Inject private ImportFiles files;
  @Inject private ImportStore store;
  @Inject private Sources sources;
  @Inject private Messages messages;
  @Inject private ChatMigrations migrations;
  @Inject private DuplicateDetector known;
  @Inject private Jobs jobs;
  @Inject private Audit audit;
  @Inject private ImportEventPublisher news;
  @Inject private FailedItems failedItems;
  @Inject private Clock clock;

  /** Makes room for a file that is about to come in. */
  @Transactional
  public UUID open(String by) {
    UUID id = Ids.next();
    entities.persist(new Import(id, by, now()));
    return id;
  }

  /** Forgets an import whose file was not accepted. */
  @Transactional
  public void discard(UUID id) {
    entities.remove(locked(id));
  }

  /** The file is here and can be read; it is rehearsed next. */
  @Transactional
  public void uploaded(UUID id, ImportFormat format, String fileName, long fileSize, boolean startsItself) {
    Import import_ = locked(id);
    import_.uploaded(sources.named(format.sourceName(), format.sourceType()), format.format(), fileName, fileSize, startsItself, now());
    assign(import_, new DryRunImport(id));
    audit.record("import.uploaded", "import", id, Map.of("format", format.format(), "bytes", fileSize));
  }

  /** Keeps what the rehearsal found, and goes on when that was asked for. Ends its job with that, or not at all. */
  @Transactional
  public void rehearsed(UUID id, DryRunCounter found, JobRun run) {
    Import import_ = locked(id);
    if (import_.status() == ImportStatus.REHEARSING) {
      DryRun rehearsal = found.result();
      run.complete();
      import_.rehearsed(rehearsal, now());
      entities.flush();
      store.keep(id, rehearsal, found.unreadable().stream().map(part -> part.why().saying().with(StorableText::of)).toList());
      if (import_.startsItself()) {
        begin(import_);
      }
      tell(id);
    }
  }

  /** Listeners look how far the rehearsal is. */
  @Transactional
  public void reading(UUID id) {
    store.find(id).ifPresent(news::tell);
  }

  @Transactional
  public void start(UUID id) {
    Import import_ = locked(id);
    boolean wasRehearsed = import_.isRehearsed() || import_.status() == ImportStatus.REHEARSING;
    if (!wasRehearsed) {
      throw Problem.conflict(LocalizedMessage.of("problem.import.unread"));
    }
    if (import_.hasLostFile()) {
      throw Problem.conflict(LocalizedMessage.of("problem.import.deleted"));
    }
    begin(import_);
    audit.record("import.started", "import", id, Map.of());
    tell(id);
  }

  private void begin(Import import_) {
    import_.start(now());
    if (import_.status() != ImportStatus.REHEARSING) {
      assign(import_, new IngestMessages(import_.id()));
    }
  }

  private void assign(Import import_, Job job) {
    import_.assign(jobs.enqueue(job, Jobs.Options.once("import:" + import_.id() + ":" + job.getClass().getSimpleName())));
  }

  /** A worker takes it up. False when there is nothing to do any more. */
  @Transactional
  public boolean run(UUID id) {
    Import import_ = entities.find(Import.class, id, LockModeType.PESSIMISTIC_WRITE);
    if (import_ == null || import_.status() != ImportStatus.PENDING && !import_.isRunning()) {
      return false;
    }
    import_.run(now());
    tell(id);
    return true;
  }

  /**
   * Stores the next lines together with the place to go on from.
   *
   * @param from how many lines were done before these
   * @param isTold whether listeners hear of it
   * @return false when the import is no longer running, or another worker has been here
   */
  @Transactional
  public boolean take(UUID id, long from, List<TranscriptEntry> lines, boolean isTold) {
    Import import_ = entities.find(Import.class, id, LockModeType.PESSIMISTIC_WRITE);
    if (import_ == null || !import_.isRunning() || import_.linesDone() != from) {
      return false;
    }
    UUID source = Objects.requireNonNull(import_.sourceId());
    List<IncomingMessage> said = migrations.adjusted(source, lines.stream().filter(TranscriptEntry.Said.class::isInstance)
        .map(line -> ((TranscriptEntry.Said) line).message()).toList());
    Set<Integer> echoes = known.echoes(source, said);
    var receipt = messages.receiveAll(source, id,
        IntStream.range(0, said.size()).filter(i -> !echoes.contains(i)).mapToObj(said::get).toList());
    long faults = lines.stream().filter(TranscriptEntry::isFault).count();
    import_.took(lines.size(), receipt, echoes.size(), (int) faults, now());
    if (isTold) {
      tell(id);
    }
    return true;
  }

  /**
   * Leaves a line out that cannot be stored, together with the place to go on from. It is kept as a failed item with its
   * message, so that it can be stored later; the file will be gone by then.
   *
   * @param from how many lines were done before it
   * @return as {@link #take}
   */
  @Transactional
  public boolean setAside(UUID id, long from, TranscriptEntry line, Throwable cause) {
    Import import_ = entities.find(Import.class, id, LockModeType.PESSIMISTIC_WRITE);
    if (import_ == null || !import_.isRunning() || import_.linesDone() != from) {
      return false;
    }
    @Nullable String message = line instanceof TranscriptEntry.Said said ? Json.jsonb().toJson(said.message()) : null;
    failedItems.record(FailedImportMessageHandler.KIND, new FailedItems.Failure(id + ":" + (from + 1), null, id, message, cause));
    import_.setAside(now());
    return true;
  }

  /**
   * Stores a message that was set aside before. Does nothing when the import is gone, or undone.
   *
   * @param message as the file told it
   */
  @Transactional
  public void takeSetAside(UUID id, IncomingMessage message) {
    Import import_ = entities.find(Import.class, id, LockModeType.PESSIMISTIC_WRITE);
    if (import_ == null || ImportStatus.TAKEN_BACK.contains(import_.status())) {
      return;
    }
    UUID source = Objects.requireNonNull(import_.sourceId());
    List<IncomingMessage> said = migrations.adjusted(source, List.of(message));
    int echoes = known.echoes(source, said).size();
    import_.tookSetAside(messages.receiveAll(source, id, echoes > 0 ? List.of() : said), echoes, now());
    tell(id);
  }

  /** All lines are stored. Ends the job with that, or not at all: when nobody can tell whether it committed, both did or neither. */
  @Transactional
  public void complete(UUID id, JobRun run) {
    Import import_ = locked(id);
    if (import_.isRunning()) {
      run.complete();
      import_.complete(now());
      files.drop(id);
      tell(id);
    }
  }

  /** Keeps why, and ends the job with that: it has done what it could. */
  @Transactional
  public void fail(UUID id, LocalizedMessage reason, JobRun run) {
    if (ImportStatus.MOVING.contains(locked(id).status())) {
      run.complete();
      fail(id, reason);
    }
  }

  /** Keeps why, in English for programs and so that every reader can be told it in her language. */
  @Transactional
  public void fail(UUID id, LocalizedMessage reason) {
    Import import_ = locked(id);
    if (ImportStatus.MOVING.contains(import_.status())) {
      LocalizedMessage storable = reason.with(StorableText::of);
      import_.fail(storable.english(), now());
      entities.flush();
      store.keep(id, storable);
      tell(id);
    }
  }

  /** Keeps why it failed, unless another job works on it by now. */
  @Transactional
  public void failAbandoned(UUID id, UUID deadJob, LocalizedMessage reason) {
    if (deadJob.equals(locked(id).jobId())) {
      fail(id, reason);
    }
  }

  @Transactional
  public void cancel(UUID id) {
    Import import_ = locked(id);
    @Nullable UUID job = import_.jobId();
    import_.cancel(now());
    if (job != null) {
      jobs.cancel(job);
    }
    audit.record("import.cancelled", "import", id, Map.of());
    tell(id);
  }

  /** Deletes the file of an import that is not at work; it can no longer be started. */
  @Transactional
  public void deleteFile(UUID id) {
    deleteFile(locked(id));
    audit.record("import.file_deleted", "import", id, Map.of());
  }

  /** Deletes the file of an import that nobody has touched for so long, unless somebody has meanwhile. */
  @Transactional
  public void expireFile(UUID id, Duration kept) {
    Import import_ = locked(id);
    if (ImportStatus.STARTABLE.contains(import_.status()) && !import_.hasLostFile() && import_.isUntouchedSince(now().minus(kept))) {
      deleteFile(import_);
    }
  }

  private void deleteFile(Import import_) {
    import_.deleteFile(now());
    files.drop(import_.id());
    tell(import_.id());
  }

  /** From here on what it stored is taken away. */
  @Transactional
  public void undo(UUID id) {
    Import import_ = locked(id);
    import_.undo(now());
    failedItems.removeOfImport(FailedImportMessageHandler.KIND, id);
    assign(import_, new UndoImport(id));
    audit.record("import.undone", "import", id, Map.of());
    tell(id);
  }

  /** Takes away some of what it stored; true when nothing is left and the import is undone. */
  @Transactional
  public boolean undoSome(UUID id) {
    Import import_ = entities.find(Import.class, id, LockModeType.PESSIMISTIC_WRITE);
    if (import_ == null || import_.status() != ImportStatus.UNDOING) {
      return true;
    }
    if (store.removeSome(id) > 0) {
      return false;
    }
    store.removeEmptied(import_);
    import_.undone(now());
    files.drop(id);
    tell(id);
    return true;
  }

  private void tell(UUID id) {
    entities.flush();
    store.find(id).ifPresent(news::tell);
  }

  private Import locked(UUID id) {
    Import found = entities.find(Import.class, id, LockModeType.PESSIMISTIC_WRITE);
    if (found == null) {
      throw Problem.notFound(LocalizedMessage.of("problem.none.import"));
    }
    return found;
  }

  private Instant now() {
    return clock.instant();
  }
}
