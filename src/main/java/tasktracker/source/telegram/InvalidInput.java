package tasktracker.source.telegram;

/** What a person typed cannot be used; the reason is the end of a key of words below {@code telegram.unfit}. */
final class InvalidInput extends RuntimeException {

  private static final long serialVersionUID = 1L;
  private final String reason;

  InvalidInput(String reason, String english) {
    super(english);
    this.reason = reason;
  }

  String reason() {
    return reason;
  }

  String english() {
    return String.valueOf(getMessage());
  }
}
