package tasktracker.task.date;

import java.time.ZonedDateTime;
import org.jspecify.annotations.Nullable;

/** A resolved part of a phrase, up to the token {@code to}. */
record DateHit(int to, ZonedDateTime start, @Nullable ZonedDateTime end, Grain grain, Shape shape) {

  /** What a part leaves open. */
  enum Shape {
    /** A bare day of the week. */
    WEEKDAY,
    /** A day and month without a year. */
    MONTH_DAY,
    /** A day of an unnamed month. */
    DAY_OF_MONTH,
    /** Days from one to another. */
    RANGE,
    /** A distance from the reference. */
    OFFSET,
    /** A beginning, middle or end of a period. */
    EDGE,
    FULL
  }

  /** Whether it lies in the years 1 to 9999: others cannot be stored, and nobody means them. */
  boolean isInRange() {
    return isInRange(start) && (end == null || isInRange(end));
  }

  private static boolean isInRange(ZonedDateTime time) {
    return time.getYear() >= 1 && time.getYear() <= 9999;
  }

  DateHit endingAt(int token) {
    return new DateHit(token, start, end, grain, shape);
  }
}
