package tasktracker.task.analysis;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tasktracker.knowledge.analyst.AnalystMessage;
import tasktracker.platform.ai.Embedder;
import tasktracker.platform.ai.LocalEmbedder;
import tasktracker.platform.batch.FailedItem;
import tasktracker.platform.batch.FailedItemHandler;
import tasktracker.platform.batch.FailedItems;
import tasktracker.platform.batch.ItemIsolation;
import tasktracker.platform.job.JobRun;
import tasktracker.platform.web.DefaultTimeZone;
import tasktracker.task.analyst.ChatPerson;
import tasktracker.task.analyst.DecidedTask;
import tasktracker.task.analyst.TaskAnalyst;
import tasktracker.task.analyst.TaskAnalystInput;
import tasktracker.task.analyst.TaskCandidate;
import tasktracker.task.analyst.TaskValidator;
import tasktracker.task.proposal.ProposalStore;

/** Reads the messages of a run: reads a batch, lets the analyst think outside of any transaction, validates, and stores. */
@ApplicationScoped
public class TaskAnalysis implements FailedItemHandler {

  static final String KIND = "analyze_tasks";
  private static final int MAX_DECIDED = 1000;
  /** A batch is read again so often when a message that it quotes is edited meanwhile. */
  private static final int MAX_REREADS = 3;

  private final WindowReader reader;
  private final TaskAnalyst analyst;
  private final ProposalStore proposals;
  private final AnalysisRuns runs;
  private final TaskAnalysisConfig config;
  private final DefaultTimeZone zone;
  private final LocalEmbedder embedder;
  private final FailedItems failedItems;

  @Inject
  public TaskAnalysis(WindowReader reader, TaskAnalyst analyst, ProposalStore proposals, AnalysisRuns runs, TaskAnalysisConfig config,
      DefaultTimeZone zone, LocalEmbedder embedder, FailedItems failedItems) {
    this.reader = reader;
    this.analyst = analyst;
    this.proposals = proposals;
    this.runs = runs;
    this.config = config;
    this.zone = zone;
    this.embedder = embedder;
    this.failedItems = failedItems;
  }

  /** What all batches of a chat are read beside. */
  private record Known(UUID chat, List<ChatPerson> people, List<DecidedTask> decided) {}

  private Known known(UUID chat, AnalysisSelection selection) {
    return new Known(chat, reader.people(chat, selection), proposals.findDecided(MAX_DECIDED));
  }

  /** Reads batches until none is left. Returns false when the server is shutting down; another attempt goes on. */
  boolean examine(UUID run, AnalysisRuns.Work work, JobRun job) {
    AnalysisPosition position = work.position();
    ProposalWriter.Author author = new ProposalWriter.Author(analyst.name(), work.createdBy(), run, work.selection().projectId());
    Known known = null;
    int done = work.batchesDone();
    int rereads = 0;
    while (true) {
      if (job.stopRequested()) {
        return false;
      }
      Optional<WindowReader.Batch> next = reader.next(work.selection(), position);
      if (next.isEmpty()) {
        return true;
      }
      if (known == null || !known.chat().equals(next.get().chatId())) {
        known = known(next.get().chatId(), work.selection());
      }
      try {
        if (!examine(run, next.get(), known, author)) {
          return true;
        }
      } catch (MessagesEdited e) {
        if (++rereads <= MAX_REREADS) {
          continue;
        }
        runs.skip(run, next.get()); // A later run reads them.
      }
      rereads = 0;
      position = next.get().last();
      job.progress(++done, Math.max(done, work.batchesTotal()), "");
    }
  }

  /** Returns false when the run was cancelled. */
  private boolean examine(UUID run, WindowReader.Batch batch, Known known, ProposalWriter.Author author) {
    boolean[] goesOn = {true};
    ItemIsolation.run(batch.candidates(), part -> {
      WindowReader.Batch some = part.size() == batch.candidates().size() ? batch : reader.read(part);
      Found found = analyze(some, known, author);
      goesOn[0] &= runs.store(run, found.input(), found.refused());
    }, (candidate, cause) -> {
      failedItems.record(KIND, FailedItems.Failure.ofMessage(candidate.id(), cause));
      runs.skip(run, reader.read(List.of(candidate)));
    });
    return goesOn[0];
  }

  /** What is stored of a batch, and what validation refused. */
  private record Found(ProposalWriter.Input input, List<TaskValidator.Refusal> refused) {}

  private Found analyze(WindowReader.Batch batch, Known known, ProposalWriter.Author author) {
    TaskAnalystInput input = new TaskAnalystInput(batch.messages(), known.people(), Map.of(), zone.or(null), List.of(), known.decided(),
        config.maxTasks((int) batch.messages().stream().filter(TaskAnalysis::counts).count()));
    TaskValidator.Result checked = TaskValidator.validate(input, analyst.analyze(input));
    return new Found(new ProposalWriter.Input(checked.accepted(), batch, embed(checked.accepted()), author), checked.refused());
  }

  /** Noise gives no tasks, so it does not raise the maximum. */
  private static boolean counts(AnalystMessage message) {
    return message.isCandidate() && !"noise".equals(message.messageClass());
  }

  /** The embeddings of the proposals; without them they are only compared by their words. */
  private Map<String, float[]> embed(List<TaskCandidate> found) {
    Map<String, float[]> vectors = new HashMap<>();
    List<float[]> computed = embedOrNull(found.stream().map(ProposalWriter::embeddedText).toList());
    for (int i = 0; computed != null && i < found.size(); i++) {
      vectors.put(found.get(i).key(), computed.get(i));
    }
    return vectors;
  }

  private @Nullable List<float[]> embedOrNull(List<String> texts) {
    try {
      return texts.isEmpty() ? null : embedder.embed(texts);
    } catch (Embedder.EmbedderUnavailable e) {
      return null;
    }
  }

  @Override
  public String failedKind() {
    return KIND;
  }

  /** Reads each message alone, in no run; one that fails again counts as a further failure of it. */
  @Override
  public void retry(List<FailedItem> items) {
    for (FailedItem item : items) {
      Optional.ofNullable(item.messageId()).flatMap(reader::find).ifPresent(this::retry);
    }
  }

  private void retry(WindowReader.Candidate candidate) {
    ItemIsolation.run(List.of(candidate), single -> {
      Known known = known(candidate.chatId(), new AnalysisSelection(candidate.sentAt(), candidate.sentAt(), null, false, true));
      runs.store(analyze(reader.read(single), known, new ProposalWriter.Author(analyst.name(), "retry", null, null)).input());
    }, (failed, cause) -> failedItems.record(KIND, FailedItems.Failure.ofMessage(failed.id(), cause)));
  }
}
