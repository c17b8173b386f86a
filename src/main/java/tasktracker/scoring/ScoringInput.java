package tasktracker.scoring;

import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The data of a message that scoring uses.
 *
 * @param ageSeconds the age of the message by the database's clock
 * @param reactions the number of emoji reactions
 * @param replies the number of direct replies
 * @param authorMean the mean content factor of the author's latest scored messages, or null if there are none
 */
public record ScoringInput(UUID id, UUID chatId, UUID authorId, String content, int revision, double ageSeconds, int reactions,
    int replies, @Nullable Double authorMean) {

  Duration age() {
    return Duration.ofSeconds(Math.max(0, (long) ageSeconds));
  }

  double authorMeanOrNaN() {
    return authorMean == null ? Double.NaN : authorMean;
  }
}
