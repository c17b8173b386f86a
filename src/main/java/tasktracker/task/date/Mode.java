package tasktracker.task.date;

/** How phrases are resolved. */
public enum Mode {
  /** As said: a time of today may lie in the past. */
  MENTION,
  /** For due dates: a past time rolls forward, and what is too vague for a due date is left out. */
  TASK
}
