package tasktracker.search;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes terms as PostgreSQL's {@code tsvector} and {@code tsquery}. Terms are quoted: nothing that anybody types is
 * ever an operator.
 *
 * <p>A document has three kinds of terms at the place of a word: those that it is found by in any form; how it is
 * written, which is the weight A of the term of the same letters or, when the term has others, a term that begins with
 * "="; and what it is written together with ("c++", "1.2"). The last two tell exact matches.
 */
final class TextSearchFormat {

  /** More positions of one term than this say nothing more. */
  private static final int MOST_POSITIONS = 20;
  private static final int LAST_POSITION = 16_383;
  /** Bytes of UTF-8 and positions; a good half of what PostgreSQL takes. Nothing is lost of any text that a person wrote. */
  private static final int MOST_FOUND_BY = 600_000;
  /** Bytes with the terms that tell exact matches; PostgreSQL takes 1,048,575. */
  private static final int MOST = 950_000;
  private static final int BESIDE_A_TERM = 8;

  /** A tsvector that grows. */
  private static final class Vector {
    private final StringBuilder text = new StringBuilder();
    private final Map<String, Integer> times = new HashMap<>();
    private int size;

    void add(String term, int position, String weight) {
      if (times.merge(term + weight, 1, Integer::sum) <= MOST_POSITIONS) {
        text.append(quoted(term)).append(':').append(Math.min(position, LAST_POSITION)).append(weight).append(' ');
        size += BESIDE_A_TERM + term.codePoints().map(TextSearchFormat::bytes).sum();
      }
    }
  }

  private TextSearchFormat() {}

  private static int bytes(int c) {
    return c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
  }

  /** The words of a message as a tsvector. */
  static String vector(List<TextAnalyzer.Word> words) {
    Vector vector = new Vector();
    for (int i = 0; i < words.size() && vector.size < MOST_FOUND_BY; i++) {
      for (String term : words.get(i).terms()) {
        vector.add(term, i + 1, words.get(i).spellings().contains(term) ? "A" : "");
      }
    }
    for (int i = 0; i < words.size() && vector.size < MOST; i++) {
      for (String term : exactTerms(words.get(i))) {
        vector.add(term, i + 1, "");
      }
    }
    return vector.text.toString();
  }

  private static List<String> exactTerms(TextAnalyzer.Word word) {
    List<String> terms = new ArrayList<>(word.joined());
    word.spellings().stream().filter(spelling -> !word.terms().contains(spelling) && !StopWords.isStop(spelling))
        .forEach(spelling -> terms.add("=" + spelling));
    return terms;
  }

  /** The compounds that a word is part of, as documents have them. */
  static Stream<String> compounds(TextAnalyzer.Word word) {
    return word.spellings().stream().filter(s -> !s.equals(word.written())).map(s -> word.terms().contains(s) ? s : "=" + s);
  }

  /** Messages with any of these terms. */
  static String any(Collection<String> terms) {
    return terms.stream().map(TextSearchFormat::quoted).collect(Collectors.joining(" | ", "(", ")"));
  }

  /**
   * Messages that have these words one after the other as they are written, signs included. A telephone number is the
   * same however its digits are grouped.
   */
  static String exactly(List<TextAnalyzer.Word> words) {
    Set<String> all = new LinkedHashSet<>();
    List<String> phrase = new ArrayList<>();
    for (TextAnalyzer.Word word : words) {
      if (word.phone().isPresent()) {
        endPhrase(phrase, all);
        all.add(quoted(word.phone().get()));
      } else {
        phrase.add(exactly(word));
        word.joined().stream().map(TextSearchFormat::quoted).forEach(all::add);
      }
    }
    endPhrase(phrase, all);
    return String.join(" & ", all);
  }

  private static void endPhrase(List<String> phrase, Set<String> all) {
    if (!phrase.isEmpty()) {
      all.add(phrase.stream().collect(Collectors.joining(" <-> ", "(", ")")));
      phrase.clear();
    }
  }

  private static String exactly(TextAnalyzer.Word word) {
    if (!word.joined().isEmpty()) {
      return quoted(word.joined().getFirst());
    }
    String written = word.written();
    boolean isTerm = word.terms().contains(written);
    return isTerm ? quoted(written) + ":A" : quoted(StopWords.isStop(written) ? word.terms().getFirst() : "=" + written);
  }

  static String quoted(String term) {
    return "'" + term.replace("\\", "\\\\").replace("'", "''") + "'";
  }
}
