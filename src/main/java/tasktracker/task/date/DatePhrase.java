package tasktracker.task.date;

import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A date or time in a text.
 *
 * @param start the offset of its first character
 * @param end the offset after its last character
 * @param value the beginning of the time that the phrase means, or the bound if the phrase is open ("by Friday")
 * @param until the end of an interval, exclusive for days and longer units; null if the grain says it all
 * @param grain the precision
 * @param bound whether the phrase means the time itself, the time up to it or the time from it
 * @param certain the fields that the phrase itself determines; the others come from the reference
 * @param isEnd whether the value is the end of a period, exclusive ("by the end of the month"), rather than its beginning
 */
public record DatePhrase(int start, int end, ZonedDateTime value, @Nullable ZonedDateTime until, Grain grain, Bound bound,
    Set<ChronoUnit> certain, boolean isEnd) {

  /** A phrase whose value is the beginning of what it means. */
  public DatePhrase(int start, int end, ZonedDateTime value, @Nullable ZonedDateTime until, Grain grain, Bound bound,
      Set<ChronoUnit> certain) {
    this(start, end, value, until, grain, bound, certain, false);
  }

  /** Whether a phrase is open at one side. */
  public enum Bound {
    AT, BEFORE, AFTER
  }
}
