package tasktracker.platform.web.problem;

import tasktracker.platform.web.LocalizedMessage;

/** A problem that is shown on the submitted form, with the translation {@code security.refused.<reason>}. */
public class FormError extends Problem {
  private static final long serialVersionUID = 1L;
  private final String reason;

  private FormError(int status, String title, String reason) {
    super(status, title, LocalizedMessage.of("security.refused." + reason));
    this.reason = reason;
  }

  /** A value is invalid. */
  public static FormError invalid(String reason) {
    return new FormError(422, "Unprocessable content", reason);
  }

  /** The request conflicts with existing data. */
  public static FormError alreadyExists(String reason) {
    return new FormError(409, "Conflict", reason);
  }

  /** The translation key. */
  String key() {
    return "security.refused." + reason;
  }
}
