package tasktracker.platform.job;

/** Thrown by a handler when there is nothing to do any more, for example because the message was deleted or the import undone. */
public class JobDiscarded extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public JobDiscarded(String reason) {
    super(reason);
  }
}
