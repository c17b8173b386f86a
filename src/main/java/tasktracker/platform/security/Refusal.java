package tasktracker.platform.security;

import tasktracker.platform.web.Problem;

/** A problem that our pages can tell in the reader's language: {@code security.refused.<word>}. */
class Refusal extends Problem {
  private static final long serialVersionUID = 1L;
  private final String word;

  private Refusal(int status, String title, String word, String detail) {
    super(status, title, detail);
    this.word = word;
  }

  static Refusal unprocessable(String word, String detail) {
    return new Refusal(422, "Not understood", word, detail);
  }

  static Refusal conflict(String word, String detail) {
    return new Refusal(409, "Conflict", word, detail);
  }

  /** Key of the words for it. */
  String key() {
    return "security.refused." + word;
  }
}
