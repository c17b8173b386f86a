package tasktracker.source;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import tasktracker.platform.batch.ItemIsolation;
import tasktracker.platform.data.DatabaseOutage;
import tasktracker.platform.job.Job;
import tasktracker.platform.job.JobDiscarded;
import tasktracker.platform.job.JobHandler;
import tasktracker.platform.job.JobRun;
import tasktracker.platform.job.JobSnoozed;
import tasktracker.platform.job.Kind;
import tasktracker.platform.job.Queue;
import tasktracker.platform.web.LocalizedMessage;
import tasktracker.source.format.ImportFormats;
import tasktracker.source.format.ReaderLimitReached;
import tasktracker.source.format.Transcript;
import tasktracker.source.format.TranscriptBatch;
import tasktracker.source.format.TranscriptEntry;
import tasktracker.source.format.UnreadableFile;

/** Store the messages of an import, from where it stopped. */
@Kind("ingest_telegram_messages_task")
public record IngestMessages(UUID importId) implements Job {

  /**
   * Stores the messages of a file in batches of at most a hundred, each in one transaction, and resumes exactly where a
   * crash or a cancellation stopped it. A message that cannot be stored is recorded as a failed item, and the others of
   * its batch are stored.
   */
  @ApplicationScoped
  public static class Handler implements JobHandler<IngestMessages> {

    private static final int STOP_CHECK_LINES = 1_000;
    private static final long PROGRESS_INTERVAL_NS = Duration.ofMillis(500).toNanos();

    private final Imports imports;
    private final ImportStore store;
    private final ImportFiles files;
    private final ImportFormats formats;
    private final RepeatDetector repeats;

    @Inject
    public Handler(Imports imports, ImportStore store, ImportFiles files, ImportFormats formats, RepeatDetector repeats) {
      this.imports = imports;
      this.store = store;
      this.files = files;
      this.formats = formats;
      this.repeats = repeats;
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
      if (!imports.beginIngestion(job.importId())) {
        throw new JobDiscarded("The import is not pending");
      }
      ImportStore.Task task = store.findTask(job.importId(), ImportStatus.RUNNING).orElseThrow();
      try {
        if (ingest(task, run)) {
          imports.complete(task.id(), run);
        }
      } catch (UnreadableFile e) {
        imports.fail(task.id(), e.reason(), run);
      } catch (ReaderLimitReached e) {
        throw new JobSnoozed(ReaderLimitReached.PAUSE, e.reason());
      } catch (RuntimeException e) {
        failAfterLastAttempt(task, run, e);
        throw e;
      }
    }

    /** Returns true when the whole file was stored, false when it was stopped. */
    private boolean ingest(ImportStore.Task task, JobRun run) {
      try (Transcript transcript = formats.find(task.format()).open(files.open(task.id()), () -> files.open(task.id()))) {
        long done = skip(transcript, task.linesDone(), run);
        long publishedAt = System.nanoTime();
        for (List<TranscriptEntry> batch = next(transcript, task); !batch.isEmpty(); batch = next(transcript, task)) {
          boolean isPublished = System.nanoTime() - publishedAt >= PROGRESS_INTERVAL_NS;
          if (run.stopRequested() || !storeIsolated(task.id(), done, batch, isPublished)) {
            return false;
          }
          done += batch.size();
          publishedAt = isPublished ? System.nanoTime() : publishedAt;
          run.progress(done, task.linesTotal(), "Importing messages");
        }
      }
      return true;
    }

    /** A line with the number of lines before it. */
    private record Numbered(long before, TranscriptEntry line) {}

    /** Returns false when the import is no longer running, or another worker has stored these lines. */
    private boolean storeIsolated(UUID id, long done, List<TranscriptEntry> batch, boolean isPublished) {
      List<Numbered> lines = IntStream.range(0, batch.size()).mapToObj(i -> new Numbered(done + i, batch.get(i))).toList();
      AtomicBoolean isTaken = new AtomicBoolean(true);
      boolean isWhole = ItemIsolation.run(lines,
          some -> isTaken.compareAndSet(true, imports.storeBatch(id, some.getFirst().before(),
              some.stream().map(Numbered::line).toList(), isPublished)),
          (line, cause) -> isTaken.compareAndSet(true, imports.recordFailedLine(id, line.before(), line.line(), cause)));
      if (!isWhole && !isTaken.get()) {
        // Cancelled in the meantime, or it is unknown whether the batch was committed: the next attempt reads the position.
        throw new IllegalStateException("The import has changed while the lines of a failed batch were stored one by one");
      }
      return isTaken.get();
    }

    /** Skips the lines that are stored; fewer when the job is to stop, which is checked now and then. */
    private static long skip(Transcript transcript, long lines, JobRun run) {
      long skipped = 0;
      while (skipped < lines && (skipped % STOP_CHECK_LINES != 0 || !run.stopRequested()) && transcript.next() != null) {
        skipped++;
      }
      return skipped;
    }

    private List<TranscriptEntry> next(Transcript transcript, ImportStore.Task task) {
      return repeats.refuseContradictions(task.id(), task.sourceId(), TranscriptBatch.next(transcript, ImportView.BATCH_SIZE));
    }

    /**
     * Fails the import with its job, so that it is not left running. A database outage is not a failure of the import.
     */
    private void failAfterLastAttempt(ImportStore.Task task, JobRun run, RuntimeException fault) {
      if (run.attempt() >= attempts() && !DatabaseOutage.isCauseOf(fault)) {
        imports.fail(task.id(), LocalizedMessage.of("problem.import.again", fault.getClass().getSimpleName()));
      }
    }
  }
}
