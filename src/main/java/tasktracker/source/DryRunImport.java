package tasktracker.source;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import tasktracker.message.ChatMigrations;
import tasktracker.message.IncomingMessage;
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

/** Read the file of an import and count its messages without storing any. */
@Kind("rehearse_import_task")
public record DryRunImport(UUID importId) implements Job {

  /** Reads a file, counts its messages and how many are already stored; stores no message. */
  @ApplicationScoped
  public static class Handler implements JobHandler<DryRunImport> {

    private static final int BATCH_SIZE = 1000;
    private static final long PROGRESS_INTERVAL_NS = Duration.ofMillis(700).toNanos();

    private final Imports imports;
    private final ImportStore store;
    private final ImportFiles files;
    private final ImportFormats formats;
    private final DuplicateDetector duplicates;
    private final RepeatDetector repeats;
    private final ChatMigrations migrations;

    @Inject
    public Handler(Imports imports, ImportStore store, ImportFiles files, ImportFormats formats, DuplicateDetector duplicates,
        RepeatDetector repeats, ChatMigrations migrations) {
      this.imports = imports;
      this.store = store;
      this.files = files;
      this.formats = formats;
      this.duplicates = duplicates;
      this.repeats = repeats;
      this.migrations = migrations;
    }

    @Override
    public Class<DryRunImport> kind() {
      return DryRunImport.class;
    }

    @Override
    public Duration timeout() {
      return Duration.ofHours(2);
    }

    @Override
    public int concurrency() {
      return 2;
    }

    @Override
    public Queue queue() {
      return Queue.INTERACTIVE;
    }

    @Override
    public void perform(DryRunImport job, JobRun run) {
      store.deleteStaleUploads();
      ImportStore.Task task = store.findTask(job.importId(), ImportStatus.DRY_RUN)
          .orElseThrow(() -> new JobDiscarded("The import is not waiting for a preview"));
      repeats.delete(task.id());
      try {
        DryRunCounter found = read(task, run);
        if (found != null) {
          finish(task.id(), found, run);
        }
      } catch (UnreadableFile e) {
        imports.fail(task.id(), e.reason(), run);
      } catch (ReaderLimitReached e) {
        throw new JobSnoozed(ReaderLimitReached.PAUSE, e.reason());
      } finally {
        repeats.deleteUncontradicted(task.id());
      }
    }

    private void finish(UUID id, DryRunCounter found, JobRun run) {
      if (found.lines() == 0) {
        imports.fail(id, LocalizedMessage.of("problem.upload.none"), run);
      } else if (found.refusal().isPresent()) {
        imports.fail(id, found.refusal().get().reason(), run);
      } else {
        imports.finishDryRun(id, found, run);
      }
    }

    private @Nullable DryRunCounter read(ImportStore.Task task, JobRun run) {
      DryRunCounter count = new DryRunCounter();
      InputStream file = files.open(task.id(), progressReporter(task, run));
      try (Transcript transcript = formats.find(task.format()).open(file, () -> files.open(task.id()))) {
        for (List<TranscriptEntry> batch = TranscriptBatch.next(transcript, BATCH_SIZE); !batch.isEmpty(); batch = TranscriptBatch
            .next(transcript, BATCH_SIZE)) {
          addToCounter(batch, count, task);
          if (run.stopRequested()) {
            return null;
          }
        }
      }
      return count;
    }

    private LongConsumer progressReporter(ImportStore.Task task, JobRun run) {
      AtomicLong publishedAt = new AtomicLong(System.nanoTime());
      return bytes -> {
        run.progress(bytes >> 10, task.fileSize() >> 10, "Reading, KiB");
        if (System.nanoTime() - publishedAt.get() > PROGRESS_INTERVAL_NS) {
          imports.publishProgress(task.id());
          publishedAt.set(System.nanoTime());
        }
      };
    }

    private void addToCounter(List<TranscriptEntry> batch, DryRunCounter count, ImportStore.Task task) {
      List<IncomingMessage> messages = new ArrayList<>();
      for (TranscriptEntry line : batch) {
        switch (line) {
          case TranscriptEntry.Parsed s -> messages.add(s.message());
          case TranscriptEntry.Skipped skipped -> count.skip(skipped);
          case TranscriptEntry.Unreadable part -> count.skip(part);
        }
      }
      countMessages(messages, count, task);
    }

    /** Counts as the import will: what is stored or occurred before in the file is a duplicate, a contradiction is an error. */
    private void countMessages(List<IncomingMessage> messages, DryRunCounter count, ImportStore.Task task) {
      List<IncomingMessage> adjusted = migrations.adjust(task.sourceId(), messages);
      Set<Integer> known = new HashSet<>(duplicates.findByContent(task.sourceId(), adjusted));
      RepeatDetector.Repeats found = repeats.findAndRemember(task.id(), task.sourceId(), messages, Set.copyOf(known));
      known.addAll(duplicates.findById(task.sourceId(), adjusted));
      known.addAll(found.repeated());
      found.contradictory().stream().sorted().forEach(i -> count.skip(RepeatDetector.contradiction(messages.get(i))));
      count.count(messages, known, found.contradictory());
    }
  }
}
