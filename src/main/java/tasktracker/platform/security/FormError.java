package tasktracker.platform.security;

import tasktracker.platform.web.Problem;
import tasktracker.platform.web.LocalizedMessage;

/** A problem that the form which made it shows beside itself: {@code security.refused.<word>}. */
class FormError extends Problem {
  private static final long serialVersionUID = 1L;
  private final String word;

  private FormError(int status, String title, String word) {
    super(status, title, LocalizedMessage.of("security.refused." + word));
    this.word = word;
  }

  /** A value that can not be. */
  static FormError unfit(String word) {
    return new FormError(422, "Unprocessable content", word);
  }

  /** Something that stands against it. */
  static FormError clash(String word) {
    return new FormError(409, "Conflict", word);
  }

  /** Key of the words for it. */
  String key() {
    return "security.refused." + word;
  }
}
