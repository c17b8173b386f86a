package tasktracker.platform.job;

/** Thrown by a handler whose work has become pointless: the message is gone, the import was undone. */
public class JobDiscarded extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public JobDiscarded(String reason) {
    super(reason);
  }
}
