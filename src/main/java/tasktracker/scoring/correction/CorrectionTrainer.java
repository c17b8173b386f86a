package tasktracker.scoring.correction;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import tasktracker.embedding.Embeddings;
import tasktracker.scoring.ScoreStore;
import tasktracker.scoring.model.CorrectionClassifierBuilder;
import tasktracker.scoring.model.CorrectionClassifiers;
import tasktracker.scoring.model.MessageClassifier;

/** Trains classifiers on the active corrections. Training takes less than a second, so the result is cached in memory only. */
@ApplicationScoped
public class CorrectionTrainer {

  /** The maximum delay until corrections made on other nodes are used. */
  private static final Duration TTL = Duration.ofMinutes(1);
  /** If there are more corrections, the latest are used. */
  static final int MAX_EXAMPLES = 2000;

  /** A correction with the text of its message. */
  record TrainingExample(UUID messageId, String content, String verdict) {}

  private record CachedClassifiers(String version, Instant at, CorrectionClassifiers classifiers) {}

  private final CorrectionStore store;
  private final ScoreStore scores;
  private final Embeddings embeddings;
  private volatile CachedClassifiers cached = new CachedClassifiers("", Instant.MIN, CorrectionClassifiers.NONE);

  @Inject
  public CorrectionTrainer(CorrectionStore store, ScoreStore scores, Embeddings embeddings) {
    this.store = store;
    this.scores = scores;
    this.embeddings = embeddings;
  }

  /** The classifiers for the current corrections. Must be called outside a transaction. Thread-safe. */
  public CorrectionClassifiers classifiers() {
    CachedClassifiers known = cached;
    return known.at.plus(TTL).isAfter(Instant.now()) ? known.classifiers : refresh();
  }

  /** Makes the next call check for new corrections. */
  public void invalidate() {
    cached = new CachedClassifiers(cached.version, Instant.MIN, cached.classifiers);
  }

  private synchronized CorrectionClassifiers refresh() {
    String version = store.getVersion();
    if (!version.equals(cached.version)) {
      cached = new CachedClassifiers(version, Instant.now(), train(store.findTrainingExamples(MAX_EXAMPLES)));
    } else {
      cached = new CachedClassifiers(version, Instant.now(), cached.classifiers);
    }
    return cached.classifiers;
  }

  private CorrectionClassifiers train(List<TrainingExample> examples) {
    if (examples.isEmpty()) {
      return CorrectionClassifiers.NONE;
    }
    Map<UUID, float[]> vectors = embeddings.localVectors(examples.stream().map(TrainingExample::messageId).toList());
    Map<UUID, List<String>> followUps = scores.findFollowUps(vectors.keySet());
    List<CorrectionClassifierBuilder.CorrectedMessage> embedded = new ArrayList<>();
    for (TrainingExample e : examples) {
      float[] vector = vectors.get(e.messageId);
      if (vector != null) {
        int votes = countVotes(followUps.getOrDefault(e.messageId, List.of()));
        embedded.add(new CorrectionClassifierBuilder.CorrectedMessage(e.content, vector, votes, e.verdict));
      }
    }
    return CorrectionClassifierBuilder.build(embedded, MessageClassifier.shared());
  }

  private static int countVotes(List<String> texts) {
    return (int) texts.stream().filter(MessageClassifier.shared()::isVote).count();
  }
}
