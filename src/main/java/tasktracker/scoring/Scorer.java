package tasktracker.scoring;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tasktracker.embedding.Embeddings;

/** Reads messages and thinks about them; writing is left to {@link Scores}, so that no transaction is open meanwhile. */
@ApplicationScoped
public class Scorer {

  private static final float[] NO_TEXT = new float[384];

  private @Nullable ScoreStore store;
  private @Nullable Embeddings embeddings;
  private @Nullable CorrectionTrainer lessoning;
  private @Nullable ChatCalibrations chats;
  private @Nullable ScoringConfig config;

  protected Scorer() {}

  @Inject
  public Scorer(ScoreStore store, Embeddings embeddings, CorrectionTrainer lessoning, ChatCalibrations chats, ScoringConfig config) {
    this.store = store;
    this.embeddings = embeddings;
    this.lessoning = lessoning;
    this.chats = chats;
    this.config = config;
  }

  /**
   * The scores of these messages. Call it outside of any transaction: the embedding model may be asked.
   *
   * @param onlyUnscored leave out those that have a score; those a person has corrected are always left out
   */
  public List<Score> scores(Collection<UUID> ids, boolean onlyUnscored) {
    List<ScoringInput> messages = store.read(ids, onlyUnscored);
    List<UUID> found = messages.stream().map(ScoringInput::id).toList();
    Map<UUID, float[]> vectors = found.isEmpty() ? Map.of() : embeddings.localVectors(found);
    Map<UUID, List<String>> after = found.isEmpty() ? Map.of() : store.after(found);
    CorrectionClassifiers lessons = lessoning.lessons();
    Map<UUID, Double> standing = new HashMap<>();
    List<Score> scores = new ArrayList<>();
    for (ScoringInput message : messages) {
      Judgement judgement = Judge.shared().judge(message.content(), vectors.getOrDefault(message.id(), NO_TEXT),
          aftermath(message, after.getOrDefault(message.id(), List.of())), lessons);
      double calibrated = chats.calibration(message.chatId()).apply(judgement.content());
      scores.add(Score.of(message, judgement, calibrated, standing.computeIfAbsent(message.authorId(),
          author -> message.authorMeanOrNaN()), config.weighing()));
    }
    return scores;
  }

  private FollowUpSignals aftermath(ScoringInput message, List<String> said) {
    int votes = (int) said.stream().filter(Judge.shared()::isVote).count();
    return new FollowUpSignals(votes, message.reactions(), message.replies());
  }
}
