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
 * Formats terms as {@code tsvector} and {@code tsquery} of PostgreSQL. Terms are quoted, so that user input contains no
 * operators.
 *
 * <p>A document has three kinds of terms at the position of a word: the terms of all its forms; its spelling, which is
 * weight A of the identical term or, if no term is identical, a term with the prefix "="; and joined tokens ("c++",
 * "1.2"). The last two kinds serve exact matches.
 */
final class TextSearchFormat {

  /** The number of positions that are stored for a term. */
  private static final int MAX_POSITIONS = 20;
  private static final int LAST_POSITION = 16_383;
  /** The size of terms of all forms, in bytes of UTF-8 and positions: about half of the limit of PostgreSQL. */
  private static final int MAX_TERMS_SIZE = 600_000;
  /** The size including the terms for exact matches, in bytes. The limit of PostgreSQL is 1,048,575. */
  private static final int MAX_SIZE = 950_000;
  private static final int TERM_OVERHEAD = 8;

  /** Builds a tsvector. */
  private static final class TsVectorBuilder {
    private final StringBuilder text = new StringBuilder();
    private final Map<String, Integer> occurrences = new HashMap<>();
    private int size;

    void add(String term, int position, String weight) {
      if (!term.isEmpty() && occurrences.merge(term + weight, 1, Integer::sum) <= MAX_POSITIONS) {
        text.append(quote(term)).append(':').append(Math.min(position, LAST_POSITION)).append(weight).append(' ');
        size += TERM_OVERHEAD + term.codePoints().map(TextSearchFormat::bytes).sum();
      }
    }
  }

  private TextSearchFormat() {}

  private static int bytes(int c) {
    return c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
  }

  /** Formats the words of a message as a tsvector. */
  static String toTsVector(List<TextAnalyzer.Word> words) {
    TsVectorBuilder vector = new TsVectorBuilder();
    for (int i = 0; i < words.size() && vector.size < MAX_TERMS_SIZE; i++) {
      for (String term : words.get(i).terms()) {
        vector.add(term, i + 1, words.get(i).spellings().contains(term) ? "A" : "");
      }
    }
    for (int i = 0; i < words.size() && vector.size < MAX_SIZE; i++) {
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

  /** The terms of the compounds that contain the word, as stored in documents. */
  static Stream<String> compounds(TextAnalyzer.Word word) {
    return word.spellings().stream().filter(s -> !s.equals(word.written())).map(s -> word.terms().contains(s) ? s : "=" + s);
  }

  /** A tsquery for documents with any of these terms. */
  static String anyOf(Collection<String> terms) {
    return terms.stream().map(TextSearchFormat::quote).collect(Collectors.joining(" | ", "(", ")"));
  }

  /**
   * A tsquery for documents that contain these words as a phrase, with the same spelling and punctuation. A telephone
   * number matches regardless of the grouping of its digits.
   */
  static String toExactQuery(List<TextAnalyzer.Word> words) {
    Set<String> conditions = new LinkedHashSet<>();
    List<String> phrase = new ArrayList<>();
    for (TextAnalyzer.Word word : words) {
      if (word.phone().isPresent()) {
        endPhrase(phrase, conditions);
        conditions.add(quote(word.phone().get()));
      } else {
        phrase.add(toExactQuery(word));
        word.joined().stream().map(TextSearchFormat::quote).forEach(conditions::add);
      }
    }
    endPhrase(phrase, conditions);
    return String.join(" & ", conditions);
  }

  private static void endPhrase(List<String> phrase, Set<String> conditions) {
    if (!phrase.isEmpty()) {
      conditions.add(phrase.stream().collect(Collectors.joining(" <-> ", "(", ")")));
      phrase.clear();
    }
  }

  private static String toExactQuery(TextAnalyzer.Word word) {
    if (!word.joined().isEmpty()) {
      return quote(word.joined().getFirst());
    }
    String written = word.written();
    boolean isTerm = word.terms().contains(written);
    return isTerm ? quote(written) + ":A" : quote(StopWords.isStop(written) ? word.terms().getFirst() : "=" + written);
  }

  static String quote(String term) {
    return "'" + term.replace("\\", "\\\\").replace("'", "''") + "'";
  }
}
