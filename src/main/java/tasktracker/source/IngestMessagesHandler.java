package tasktracker.source;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.batch.ItemIsolation;
import tasktracker.platform.data.DatabaseOutage;
import tasktracker.platform.job.JobDiscarded;
import tasktracker.platform.job.JobHandler;
import tasktracker.platform.job.JobRun;
import tasktracker.platform.job.JobSnoozed;
import tasktracker.platform.job.Queue;
import tasktracker.platform.web.LocalizedMessage;

/**
 * Stores the messages of a file, a hundred with each commit or fewer when they are long; goes on exactly where a crash or a
 * cancel stopped it. A message that cannot be stored is set aside as a failed item, and the others of its batch are stored.
 */
@ApplicationScoped
public class IngestMessagesHandler implements JobHandler<IngestMessages> {

  private static final long TELL_EVERY_NS = Duration.ofMillis(500).toNanos();

  private @Nullable Imports imports;
  private @Nullable ImportStore store;
  private @Nullable ImportFiles files;
  private @Nullable ImportFormats formats;

  protected IngestMessagesHandler() {}

  @Inject
  public IngestMessagesHandler(Imports imports, ImportStore store, ImportFiles files, ImportFormats formats) {
    this.imports = imports;
    this.store = store;
    this.files = files;
    this.formats = formats;
  }

  @Override
  public Class<IngestMessages> kind() {
    return IngestMessages.class;
  }

  @Override
  public Queue queue() {
    return Queue.BULK;
  }

  @Override
  public int concurrency() {
    return 2;
  }

  @Override
  public Duration timeout() {
    return Duration.ofHours(12);
  }

  @Override
  public void perform(IngestMessages job, JobRun run) {
    if (!imports.run(job.importId())) {
      throw new JobDiscarded("The import is not pending");
    }
    ImportStore.Task task = store.task(job.importId(), ImportStatus.RUNNING).orElseThrow();
    try {
      if (ingest(task, run)) {
        imports.complete(task.id(), run);
      }
    } catch (UnreadableFile e) {
      imports.fail(task.id(), e.saying(), run);
    } catch (ReaderLimitReached e) {
      throw new JobSnoozed(ReaderLimitReached.PAUSE, e.getMessage());
    } catch (RuntimeException e) {
      giveUpAfterTheLastAttempt(task, run, e);
      throw e;
    }
  }

  /** True when the file was stored to its end, false when it was stopped on the way. */
  private boolean ingest(ImportStore.Task task, JobRun run) {
    try (Transcript transcript = formats.named(task.format()).open(files.open(task.id(), bytes -> { }))) {
      long done = pass(transcript, task.linesDone());
      long toldAt = System.nanoTime();
      for (List<TranscriptEntry> batch = next(transcript); !batch.isEmpty(); batch = next(transcript)) {
        boolean isTold = System.nanoTime() - toldAt >= TELL_EVERY_NS;
        if (run.stopRequested() || !take(task.id(), done, batch, isTold)) {
          return false;
        }
        done += batch.size();
        toldAt = isTold ? System.nanoTime() : toldAt;
        run.progress(done, task.linesTotal(), "Importing messages");
      }
    }
    return true;
  }

  /** A line and how many were before it. */
  private record Numbered(long before, TranscriptEntry line) {}

  /** False when the import is no longer running, or another worker has been here. */
  private boolean take(UUID id, long done, List<TranscriptEntry> batch, boolean isTold) {
    List<Numbered> lines = IntStream.range(0, batch.size()).mapToObj(i -> new Numbered(done + i, batch.get(i))).toList();
    AtomicBoolean isTaken = new AtomicBoolean(true);
    boolean isWhole = ItemIsolation.run(lines,
        some -> isTaken.compareAndSet(true, imports.take(id, some.getFirst().before(), some.stream().map(Numbered::line).toList(), isTold)),
        (line, cause) -> isTaken.compareAndSet(true, imports.setAside(id, line.before(), line.line(), cause)));
    if (!isWhole && !isTaken.get()) {
      // Cancelled meanwhile, or nobody can tell whether the batch had committed: the next attempt sees where it stands.
      throw new IllegalStateException("The import has changed while the lines of a failed batch were stored one by one");
    }
    return isTaken.get();
  }

  private static long pass(Transcript transcript, long lines) {
    long passed = 0;
    while (passed < lines && transcript.next() != null) {
      passed++;
    }
    return passed;
  }

  private static List<TranscriptEntry> next(Transcript transcript) {
    return TranscriptBatch.next(transcript, ImportView.BATCH);
  }

  /** So that nobody waits for an import whose job is dead; an absent database is not the import's fault. */
  private void giveUpAfterTheLastAttempt(ImportStore.Task task, JobRun run, RuntimeException fault) {
    if (run.attempt() >= attempts() && !DatabaseOutage.isCauseOf(fault)) {
      imports.fail(task.id(), LocalizedMessage.of("problem.import.again", fault.getClass().getSimpleName()));
    }
  }
}
