package tasktracker.search;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Writes terms as PostgreSQL's {@code tsvector} and {@code tsquery}. Terms are letters, digits and apostrophes, and
 * are quoted all the same: nothing that anybody types is ever an operator.
 */
final class Terms {

  /** More positions of one term than this say nothing more. */
  private static final int MOST_POSITIONS = 20;
  private static final int LAST_POSITION = 16_383;
  /** Half of what PostgreSQL takes; nothing is lost of any text that a person wrote. */
  private static final int LONGEST_VECTOR = 250_000;

  private Terms() {}

  /** The words of a message as a tsvector. */
  static String vector(List<WordForms.Word> words) {
    StringBuilder vector = new StringBuilder();
    Map<String, Integer> times = new HashMap<>();
    for (int i = 0; i < words.size() && vector.length() < LONGEST_VECTOR; i++) {
      for (String term : words.get(i).terms()) {
        if (times.merge(term, 1, Integer::sum) <= MOST_POSITIONS) {
          vector.append(quoted(term)).append(':').append(Math.min(i + 1, LAST_POSITION)).append(' ');
        }
      }
    }
    return vector.toString();
  }

  /** Messages with any of these terms. */
  static String any(Collection<String> terms) {
    return terms.stream().map(Terms::quoted).collect(Collectors.joining(" | ", "(", ")"));
  }

  static String quoted(String term) {
    return "'" + term.replace("\\", "\\\\").replace("'", "''") + "'";
  }
}
