package tasktracker.knowledge.extraction;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tasktracker.knowledge.analyst.AnalystInput;
import tasktracker.knowledge.analyst.AnalystMessage;
import tasktracker.knowledge.analyst.AtomCandidate;
import tasktracker.knowledge.analyst.DecidedAtom;
import tasktracker.knowledge.analyst.KnownTopic;
import tasktracker.knowledge.atom.AtomStore;
import tasktracker.knowledge.topic.TopicStore;
import tasktracker.llm.agent.Agents;
import tasktracker.platform.ai.LocalEmbedder;
import tasktracker.platform.batch.FailedItem;
import tasktracker.platform.batch.FailedItemHandler;
import tasktracker.platform.batch.FailedItems;
import tasktracker.platform.batch.ItemIsolation;
import tasktracker.platform.job.JobRun;

/** Examines the messages of a run: reads a batch, lets the analyst think outside of any transaction, validates, and stores. */
@ApplicationScoped
public class Extraction implements FailedItemHandler {

  static final String KIND = "extract_knowledge";
  private static final int MAX_DECIDED = 1000;
  /** A batch is read again so often when a message that it quotes is edited meanwhile. */
  private static final int MAX_REREADS = 3;

  private final BatchReader reader;
  private final AnalystFailover analysts;
  private final TopicStore topics;
  private final AtomStore atoms;
  private final ExtractionRuns runs;
  private final ExtractionConfig config;
  private final LocalEmbedder embedder;
  private final FailedItems failedItems;

  @Inject
  public Extraction(BatchReader reader, AnalystFailover analysts, TopicStore topics, AtomStore atoms, ExtractionRuns runs,
      ExtractionConfig config, LocalEmbedder embedder, FailedItems failedItems) {
    this.reader = reader;
    this.analysts = analysts;
    this.topics = topics;
    this.atoms = atoms;
    this.runs = runs;
    this.config = config;
    this.embedder = embedder;
    this.failedItems = failedItems;
  }

  /** Examines batches until none is left. Returns false when the server is shutting down; another attempt goes on. */
  boolean examine(UUID run, ExtractionRuns.Work work, JobRun job) {
    RunPosition position = work.position();
    long done = work.processed();
    int rereads = 0;
    while (true) {
      if (job.stopRequested()) {
        return false;
      }
      Optional<BatchReader.Batch> next = reader.next(work.selection(), position,
          analysts.batchSize(work.agent(), config.batchSize()));
      if (next.isEmpty()) {
        return true;
      }
      try {
        if (!examine(run, next.get(), work)) {
          return true;
        }
        rereads = 0;
      } catch (MessagesChanged e) {
        if (++rereads <= MAX_REREADS) {
          continue;
        }
        rereads = 0; // These stay unexamined; a later run reads them.
      } catch (AnalystFailover.ChatExcluded e) {
        if (!runs.passOver(run, next.get())) {
          return true;
        }
        rereads = 0;
      }
      position = next.get().last();
      done += next.get().candidates().size();
      job.progress(done, Math.max(done, work.messageCount()), "");
    }
  }

  /** What all parts of a batch are read beside. */
  private record Known(List<KnownTopic> topics, List<DecidedAtom> decided) {}

  private Known known() {
    return new Known(topics.known(), atoms.findDecided(MAX_DECIDED));
  }

  /** Returns false when the run was cancelled. */
  private boolean examine(UUID run, BatchReader.Batch batch, ExtractionRuns.Work work) {
    boolean[] goesOn = {true};
    Known known = known();
    ItemIsolation.run(batch.candidates(), part -> {
      BatchReader.Batch some = part.size() == batch.candidates().size() ? batch : reader.read(part);
      Found found = analyze(some, known, work.agent(), work.createdBy(), run);
      goesOn[0] &= runs.store(run, some, found.input(), found.refused(), found.failures());
    }, (candidate, cause) -> {
      failedItems.record(KIND, FailedItems.Failure.ofMessage(candidate.id(), cause));
      runs.skip(run, candidate);
    });
    return goesOn[0];
  }

  /** What is stored of a batch, what validation refused, and which analysts were asked in vain. */
  private record Found(KnowledgeWriter.Input input, List<AnalysisValidator.Refusal> refused, List<AnalystFailover.Failure> failures) {}

  private Found analyze(BatchReader.Batch batch, Known known, @Nullable UUID agent, String by, @Nullable UUID run) {
    AnalystInput input = new AnalystInput(batch.messages(), known.topics(), known.decided(), config.maxAtoms(batch.candidates().size()));
    AnalystFailover.Outcome outcome = analysts.analyze(input, batch.chatId(), agent);
    AnalysisValidator.Result checked = AnalysisValidator.validate(input, outcome.analysis());
    Map<UUID, AnalystMessage> messages = batch.messages().stream().collect(Collectors.toMap(AnalystMessage::id, message -> message));
    return new Found(new KnowledgeWriter.Input(checked.accepted(), messages, batch.revisions(), embed(checked.accepted().atoms()),
        new KnowledgeWriter.Author(outcome.analyst(), by, run)), checked.refused(), outcome.failures());
  }

  /** The embeddings of the atoms; without them atoms are only compared by their words. */
  private Map<String, float[]> embed(List<AtomCandidate> found) {
    Map<String, float[]> vectors = new HashMap<>();
    List<float[]> computed = embedOrNull(found.stream().map(KnowledgeWriter::embeddedText).toList());
    for (int i = 0; computed != null && i < found.size(); i++) {
      vectors.put(found.get(i).key(), computed.get(i));
    }
    return vectors;
  }

  private @Nullable List<float[]> embedOrNull(List<String> texts) {
    try {
      return texts.isEmpty() ? null : embedder.embed(texts);
    } catch (tasktracker.platform.ai.Embedder.EmbedderUnavailable e) {
      return null;
    }
  }

  @Override
  public String failedKind() {
    return KIND;
  }

  /** The built-in analyst examines each message alone, in no run; one that fails again counts as a further failure of it. */
  @Override
  public void retry(List<FailedItem> items) {
    Known known = known();
    for (FailedItem item : items) {
      Optional.ofNullable(item.messageId()).flatMap(reader::find).ifPresent(candidate -> retry(candidate, known));
    }
  }

  private void retry(BatchReader.Candidate candidate, Known known) {
    ItemIsolation.run(List.of(candidate), single -> {
      BatchReader.Batch batch = reader.read(single);
      runs.store(batch, analyze(batch, known, Agents.BUILTIN, "retry", null).input());
    }, (failed, cause) -> failedItems.record(KIND, FailedItems.Failure.ofMessage(failed.id(), cause)));
  }
}
