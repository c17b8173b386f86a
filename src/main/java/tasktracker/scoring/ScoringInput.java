package tasktracker.scoring;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tasktracker.message.IncomingMessage.TextEntity;
import tasktracker.platform.web.json.Json;

/**
 * The data of a message that scoring uses.
 *
 * @param entities the code and the quotations of the content, see {@link MarkedText#JSON_PATH}
 * @param ageSeconds the age of the message by the database's clock
 * @param reactions the number of emoji reactions
 * @param replies the number of direct replies
 * @param topicMessages the number of messages of its topic, counted up to 51; 0 without a topic
 * @param authorMean the mean content factor of the author's latest scored messages, or null if there are none
 */
public record ScoringInput(UUID id, UUID chatId, UUID authorId, String content, String entities, int revision, double ageSeconds,
    int reactions, int replies, @Nullable Double authorMean, int topicMessages) {

  /** The text that is classified. */
  String text() {
    return entities.equals("[]") ? content : MarkedText.of(content, List.of(Json.jsonb().fromJson(entities, TextEntity[].class)));
  }

  Duration age() {
    return Duration.ofSeconds(Math.max(0, (long) ageSeconds));
  }

  double authorMeanOrNaN() {
    return authorMean == null ? Double.NaN : authorMean;
  }
}
