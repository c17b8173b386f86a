package tasktracker.knowledge;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tasktracker.knowledge.analyst.AnalystMessage;
import tasktracker.scoring.VectorCache;
import tasktracker.scoring.model.FollowUpSignals;
import tasktracker.scoring.model.MessageClassifier;
import tasktracker.scoring.model.Prediction;

/** Makes messages as an analyst reads them: with the vector, the aspects and the class that the product gives a message. */
public final class EvaluationMessages {

  private static final double NOISE = 0.3;
  private static final double SIGNAL = 0.7;
  private static final int MIN_LENGTH = 10;

  private final VectorCache vectors;
  private final MessageClassifier classifier = MessageClassifier.shared();

  public EvaluationMessages(VectorCache vectors) {
    this.vectors = vectors;
  }

  /** A message as its source has it. */
  public record Source(UUID id, @Nullable String thread, @Nullable String threadTitle, String author, @Nullable UUID replyTo,
      Instant sentAt,
      String text, int reactions) {

    public static Source of(UUID id, String author, Instant sentAt, String text) {
      return new Source(id, null, null, author, null, sentAt, text, 0);
    }
  }

  public AnalystMessage of(Source source) {
    float[] vector = vectors.of(source.text);
    Prediction prediction = classifier.predict(source.text, vector, FollowUpSignals.NONE);
    Map<String, Double> aspects = new HashMap<>();
    prediction.aspects().forEach((aspect, strength) -> aspects.put(aspect.wire(), strength));
    String messageClass = messageClass(prediction);
    boolean isBot = source.author.toLowerCase(java.util.Locale.ROOT).endsWith("bot");
    boolean isCandidate = !isBot && messageClass.contains("signal") && source.text.length() >= MIN_LENGTH;
    UUID author = UUID.nameUUIDFromBytes(source.author.getBytes(StandardCharsets.UTF_8));
    return new AnalystMessage(source.id, source.thread, source.threadTitle, author, source.author, source.replyTo, source.sentAt,
        source.text,
        vector, messageClass, aspects, source.reactions, isCandidate);
  }

  private static String messageClass(Prediction prediction) {
    if (prediction.spam() > MessageClassifier.SPAM_THRESHOLD) {
      return "spam";
    }
    return prediction.content() < NOISE ? "noise" : prediction.content() > SIGNAL ? "signal" : "weak_signal";
  }
}
