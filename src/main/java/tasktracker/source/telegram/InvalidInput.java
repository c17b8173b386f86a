package tasktracker.source.telegram;

/** The input of a person is invalid; the reason is the end of a message key below {@code telegram.unfit}. */
public final class InvalidInput extends RuntimeException {

  private static final long serialVersionUID = 1L;
  private final String reason;

  InvalidInput(String reason, String english) {
    super(english);
    this.reason = reason;
  }

  public String reason() {
    return reason;
  }

  String english() {
    return String.valueOf(getMessage());
  }
}
