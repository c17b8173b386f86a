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
import tasktracker.scoring.correction.CorrectionTrainer;
import tasktracker.scoring.model.Calibration;
import tasktracker.scoring.model.CorrectionClassifiers;
import tasktracker.scoring.model.FollowUpSignals;
import tasktracker.scoring.model.MessageClassifier;
import tasktracker.scoring.model.Prediction;
import tasktracker.scoring.policy.ScoringConfig;

/** Computes scores. {@link Scores} saves them, so that no transaction is open while the models run. */
@ApplicationScoped
public class Scorer {

  private static final float[] ZERO_VECTOR = new float[384];

  /** The signature of {@link MessageClassifier#predict}, which tests replace. */
  interface Predictor {
    Prediction predict(String text, float[] vector, FollowUpSignals followUps, CorrectionClassifiers classifiers);
  }

  private final ScoreStore store;
  private final Embeddings embeddings;
  private final CorrectionTrainer trainer;
  private final ChatCalibrations calibrations;
  private final ScoringConfig config;
  private Predictor predictor = (text, vector, followUps, classifiers) -> MessageClassifier.shared().predict(text, vector, followUps,
      classifiers);

  @Inject
  public Scorer(ScoreStore store, Embeddings embeddings, CorrectionTrainer trainer, ChatCalibrations calibrations, ScoringConfig config) {
    this.store = store;
    this.embeddings = embeddings;
    this.trainer = trainer;
    this.calibrations = calibrations;
    this.config = config;
  }

  /** For tests: uses another predictor. */
  Scorer(ScoreStore store, Embeddings embeddings, CorrectionTrainer trainer, ChatCalibrations calibrations, ScoringConfig config,
      Predictor predictor) {
    this(store, embeddings, trainer, calibrations, config);
    this.predictor = predictor;
  }

  /**
   * Computes the scores of these messages. Must be called outside a transaction, because the embedding model may run.
   *
   * @param onlyUnscored whether messages that have a score are skipped; corrected messages are always skipped
   */
  public List<Score> computeScores(Collection<UUID> ids, boolean onlyUnscored) {
    List<ScoringInput> messages = store.findInputs(ids, onlyUnscored);
    List<UUID> found = messages.stream().map(ScoringInput::id).toList();
    Embeddings.Vectors vectors = found.isEmpty() ? Embeddings.Vectors.NONE : embeddings.tryLocalVectors(found);
    Map<UUID, List<String>> followUps = found.isEmpty() ? Map.of() : store.findFollowUps(found);
    RepeatedShapesByAuthor shapes = found.isEmpty() ? RepeatedShapesByAuthor.NONE : store.findRepeatedShapes(found);
    CorrectionClassifiers classifiers = trainer.classifiers();
    Map<UUID, Double> authorMeans = new HashMap<>();
    List<Score> scores = new ArrayList<>();
    for (ScoringInput message : messages) {
      double authorMean = authorMeans.computeIfAbsent(message.authorId(), id -> message.authorMeanOrNaN());
      Calibration calibration = calibrations.get(message.chatId());
      scores.add(score(message, authorMean, calibration, () -> predict(message, shapes.count(message),
          vectors.of(message.id(), ZERO_VECTOR), followUps.getOrDefault(message.id(), List.of()), classifiers),
          vectors.failures().get(message.id())));
    }
    return scores;
  }

  private Prediction predict(ScoringInput message, int repeats, float[] vector, List<String> followUps, CorrectionClassifiers classifiers) {
    Prediction prediction = predictor.predict(message.text(), vector, countFollowUps(message, followUps), classifiers);
    return repeats == 0 || prediction.outweighsRepetition()
        ? prediction
        : MessageClassifier.predictAutomated(message.content(), repeats);
  }

  /** If the text cannot be classified, the score is computed from the other factors and contains the failure. */
  private Score score(ScoringInput message, double authorMean, Calibration calibration, Supplier<Prediction> prediction,
      @Nullable Throwable failure) {
    try {
      Prediction predicted = prediction.get();
      return Score.of(message, predicted, calibration.apply(predicted.content()), authorMean, config.policy(), failure);
    } catch (RuntimeException | StackOverflowError e) {
      return Score.withoutContent(message, authorMean, config.policy(), e);
    }
  }

  private FollowUpSignals countFollowUps(ScoringInput message, List<String> texts) {
    int votes = (int) texts.stream().filter(MessageClassifier.shared()::isVote).count();
    return new FollowUpSignals(votes, message.reactions(), message.replies());
  }
}
