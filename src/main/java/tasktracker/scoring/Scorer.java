package tasktracker.scoring;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tasktracker.embedding.Embeddings;

/** Reads messages and thinks about them; writing is left to {@link Scores}, so that no transaction is open meanwhile. */
@ApplicationScoped
public class Scorer {

  private static final float[] NO_TEXT = new float[384];

  /** What {@link MessageClassifier#judge} does; tests put something else in its place. */
  interface Judging {
    Prediction judge(String text, float[] vector, FollowUpSignals followUps, CorrectionClassifiers lessons);
  }

  private @Nullable ScoreStore store;
  private @Nullable Embeddings embeddings;
  private @Nullable CorrectionTrainer lessoning;
  private @Nullable ChatCalibrations chats;
  private @Nullable ScoringConfig config;
  private Judging judging = (text, vector, followUps, lessons) -> MessageClassifier.shared().judge(text, vector, followUps, lessons);

  protected Scorer() {}

  @Inject
  public Scorer(ScoreStore store, Embeddings embeddings, CorrectionTrainer lessoning, ChatCalibrations chats, ScoringConfig config) {
    this.store = store;
    this.embeddings = embeddings;
    this.lessoning = lessoning;
    this.chats = chats;
    this.config = config;
  }

  /** As the container makes it, with another judge. */
  Scorer(ScoreStore store, Embeddings embeddings, CorrectionTrainer lessoning, ChatCalibrations chats, ScoringConfig config, Judging judging) {
    this(store, embeddings, lessoning, chats, config);
    this.judging = judging;
  }

  /**
   * The scores of these messages. Call it outside of any transaction: the embedding model may be asked.
   *
   * @param onlyUnscored leave out those that have a score; those a person has corrected are always left out
   */
  public List<Score> scores(Collection<UUID> ids, boolean onlyUnscored) {
    List<ScoringInput> messages = store.read(ids, onlyUnscored);
    List<UUID> found = messages.stream().map(ScoringInput::id).toList();
    Embeddings.Vectors vectors = found.isEmpty() ? Embeddings.Vectors.NONE : embeddings.tryLocalVectors(found);
    Map<UUID, List<String>> after = found.isEmpty() ? Map.of() : store.after(found);
    CorrectionClassifiers lessons = lessoning.lessons();
    Map<UUID, Double> standing = new HashMap<>();
    List<Score> scores = new ArrayList<>();
    for (ScoringInput message : messages) {
      double author = standing.computeIfAbsent(message.authorId(), id -> message.authorMeanOrNaN());
      Calibration calibration = chats.calibration(message.chatId());
      scores.add(score(message, author, calibration, () -> judging.judge(message.content(), vectors.of(message.id(), NO_TEXT),
          aftermath(message, after.getOrDefault(message.id(), List.of())), lessons), vectors.failures().get(message.id())));
    }
    return scores;
  }

  /** A text that cannot be judged is no reason to have no score; the failure is told with the score. */
  private Score score(ScoringInput message, double author, Calibration calibration, Supplier<Prediction> prediction, @Nullable Throwable failure) {
    try {
      Prediction judged = prediction.get();
      return Score.of(message, judged, calibration.apply(judged.content()), author, config.weighing(), failure);
    } catch (RuntimeException | StackOverflowError e) {
      return Score.withoutContent(message, author, config.weighing(), e);
    }
  }

  private FollowUpSignals aftermath(ScoringInput message, List<String> said) {
    int votes = (int) said.stream().filter(MessageClassifier.shared()::isVote).count();
    return new FollowUpSignals(votes, message.reactions(), message.replies());
  }
}
