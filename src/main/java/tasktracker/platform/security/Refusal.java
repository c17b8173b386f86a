package tasktracker.platform.security;

import tasktracker.platform.web.Problem;
import tasktracker.platform.web.Saying;

/** A problem that the form which made it shows beside itself: {@code security.refused.<word>}. */
class Refusal extends Problem {
  private static final long serialVersionUID = 1L;
  private final String word;

  private Refusal(int status, String title, String word) {
    super(status, title, Saying.of("security.refused." + word));
    this.word = word;
  }

  /** A value that can not be. */
  static Refusal unfit(String word) {
    return new Refusal(422, "Not understood", word);
  }

  /** Something that stands against it. */
  static Refusal clash(String word) {
    return new Refusal(409, "Conflict", word);
  }

  /** Key of the words for it. */
  String key() {
    return "security.refused." + word;
  }
}
