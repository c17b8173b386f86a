package tasktracker.task.date;

/** The precision of a date phrase: the smallest unit that the phrase determines. */
public enum Grain {
  SECOND,
  MINUTE,
  HOUR,
  /** A part of a day, such as the morning. */
  PART,
  DAY,
  WEEK,
  MONTH,
  QUARTER,
  SEASON,
  YEAR
}
