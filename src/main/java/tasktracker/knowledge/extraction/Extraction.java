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
import tasktracker.knowledge.analyst.Analyst;
import tasktracker.knowledge.analyst.AnalystInput;
import tasktracker.knowledge.analyst.AnalystMessage;
import tasktracker.knowledge.analyst.AtomCandidate;
import tasktracker.knowledge.atom.AtomStore;
import tasktracker.knowledge.topic.TopicStore;
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

  private final BatchReader reader;
  private final Analyst analyst;
  private final TopicStore topics;
  private final AtomStore atoms;
  private final ExtractionRuns runs;
  private final ExtractionConfig config;
  private final LocalEmbedder embedder;
  private final FailedItems failedItems;

  @Inject
  public Extraction(BatchReader reader, Analyst analyst, TopicStore topics, AtomStore atoms, ExtractionRuns runs, ExtractionConfig config,
      LocalEmbedder embedder, FailedItems failedItems) {
    this.reader = reader;
    this.analyst = analyst;
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
    while (true) {
      if (job.stopRequested()) {
        return false;
      }
      Optional<BatchReader.Batch> next = reader.next(work.selection(), position, config.batchSize());
      if (next.isEmpty()) {
        return true;
      }
      try {
        if (!examine(run, next.get(), work.createdBy())) {
          return true;
        }
      } catch (MessagesChanged e) {
        continue; // The batch is read again.
      }
      position = next.get().last();
      done += next.get().candidates().size();
      job.progress(done, Math.max(done, work.messageCount()), "");
    }
  }

  /** Returns false when the run was cancelled. */
  private boolean examine(UUID run, BatchReader.Batch batch, String createdBy) {
    boolean[] goesOn = {true};
    ItemIsolation.run(batch.candidates(), part -> {
      BatchReader.Batch some = part.size() == batch.candidates().size() ? batch : reader.read(part);
      goesOn[0] &= analyzeAndStore(run, some, createdBy);
    }, (candidate, cause) -> {
      failedItems.record(KIND, FailedItems.Failure.ofMessage(candidate.id(), cause));
      runs.skip(run, candidate);
    });
    return goesOn[0];
  }

  private boolean analyzeAndStore(UUID run, BatchReader.Batch batch, String createdBy) {
    AnalystInput input = new AnalystInput(batch.messages(), topics.known(), atoms.findDecided(MAX_DECIDED),
        config.maxAtoms(batch.candidates().size()));
    AnalysisValidator.Result checked = AnalysisValidator.validate(input, analyst.analyze(input));
    Map<UUID, AnalystMessage> messages = batch.messages().stream().collect(Collectors.toMap(AnalystMessage::id, message -> message));
    return runs.store(run, batch,
        new KnowledgeWriter.Input(checked.accepted(), messages, batch.revisions(), embed(checked.accepted().atoms()),
            new KnowledgeWriter.Author(analyst.name(), createdBy, run)),
        checked.refused());
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

  @Override
  public void retry(List<FailedItem> items) {
    runs.create(RunTrigger.API, RunSelection.of(items.stream().map(FailedItem::messageId).toList()), "retry");
  }
}
