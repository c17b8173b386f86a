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

  DateHit endingAt(int token) {
    return new DateHit(token, start, end, grain, shape);
  }
}
