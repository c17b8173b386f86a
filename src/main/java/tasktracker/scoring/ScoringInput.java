package tasktracker.scoring;

import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A message as scoring reads it.
 *
 * @param ageSeconds since it was sent, by the database's clock
 * @param reactions how many emoji people chose for it
 * @param replies how many messages answer it
 * @param authorMean content of its author's latest scored messages, or null when there are none
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
