package tasktracker.scoring;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tasktracker.embedding.Embeddings;

/** Learns from the corrections that stand. Learning anew takes less than a second, so nothing of it is kept elsewhere. */
@ApplicationScoped
public class CorrectionTrainer {

  /** Corrections made on other nodes are learnt from after this at the latest. */
  private static final Duration FRESH = Duration.ofMinutes(1);
  /** Of more, the latest teach. */
  static final int MOST = 2000;

  /** A correction as it teaches. */
  record Lesson(UUID messageId, String content, String verdict) {}

  private record Learnt(String version, Instant at, CorrectionClassifiers lessons) {}

  private @Nullable CorrectionStore store;
  private @Nullable ScoreStore scores;
  private @Nullable Embeddings embeddings;
  private volatile Learnt learnt = new Learnt("", Instant.MIN, CorrectionClassifiers.NONE);

  protected CorrectionTrainer() {}

  @Inject
  public CorrectionTrainer(CorrectionStore store, ScoreStore scores, Embeddings embeddings) {
    this.store = store;
    this.scores = scores;
    this.embeddings = embeddings;
  }

  /** What was learnt from all corrections so far. Call it outside of any transaction. */
  public CorrectionClassifiers lessons() {
    Learnt known = learnt;
    return known.at.plus(FRESH).isAfter(Instant.now()) ? known.lessons : again();
  }

  /** The next who asks learns anew. */
  public void forget() {
    learnt = new Learnt(learnt.version, Instant.MIN, learnt.lessons);
  }

  private synchronized CorrectionClassifiers again() {
    String version = store.version();
    if (!version.equals(learnt.version)) {
      learnt = new Learnt(version, Instant.now(), learn(store.lessons(MOST)));
    } else {
      learnt = new Learnt(version, Instant.now(), learnt.lessons);
    }
    return learnt.lessons;
  }

  private CorrectionClassifiers learn(List<Lesson> lessons) {
    if (lessons.isEmpty()) {
      return CorrectionClassifiers.NONE;
    }
    Map<UUID, float[]> vectors = embeddings.localVectors(lessons.stream().map(Lesson::messageId).toList());
    Map<UUID, List<String>> after = scores.after(vectors.keySet());
    List<Lesson> known = lessons.stream().filter(l -> vectors.containsKey(l.messageId)).toList();
    return CorrectionClassifierBuilder.of(known.stream().map(l -> new CorrectionClassifierBuilder.Corrected(l.content, vectors.get(l.messageId),
        votes(after.getOrDefault(l.messageId, List.of())), l.verdict)).toList(),
        MessageClassifier.shared());
  }

  private static int votes(List<String> said) {
    return (int) said.stream().filter(MessageClassifier.shared()::isVote).count();
  }
}
