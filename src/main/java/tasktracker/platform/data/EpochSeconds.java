package tasktracker.platform.data;

import java.time.Instant;
import java.util.List;

/**
 * Instants as PostgreSQL's {@code width_bucket(date_part('epoch', …), :bounds)} takes them. The bounds of local days and
 * hours are computed in Java, so that the rules of time zones are those of one library.
 */
public final class EpochSeconds {

  private EpochSeconds() {}

  /** Ascending bounds. Doubles are exact for whole seconds, and never round a microsecond up to one. */
  public static Double[] of(List<Instant> bounds) {
    return bounds.stream().map(at -> (double) at.getEpochSecond()).toArray(Double[]::new);
  }
}
