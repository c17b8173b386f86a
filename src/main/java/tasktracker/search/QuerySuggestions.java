package tasktracker.search;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tasktracker.search.text.Characters;
import tasktracker.search.text.KeyboardLayouts;
import tasktracker.search.text.Transliteration;

/**
 * "Did you mean": what was typed on the wrong keyboard layout ("htksp" for "реліз") or in other letters ("reliz"). It is
 * offered, never looked for instead.
 */
@ApplicationScoped
class QuerySuggestions {

  /** What more messages hold was meant as it was typed. */
  private static final int KNOWN = 3;
  private static final int SHORTEST = 3;
  private static final int LONGEST = 100;
  private static final String KEYS = "[];',.`\\\u2019\u02BC";
  private static final int MOST_PIECES = 8;
  private static final int MOST = 3;

  private @Nullable SearchStatements searching;
  private @Nullable TermStatistics statistics;
  private @Nullable SpellingSuggester spelling;

  protected QuerySuggestions() {}

  @Inject
  QuerySuggestions(SearchStatements searching, TermStatistics statistics, SpellingSuggester spelling) {
    this.searching = searching;
    this.statistics = statistics;
    this.spelling = spelling;
  }

  /**
   * The question with the pieces read otherwise that hardly any message holds; the likeliest first. Empty when there is
   * none, or when no other reading is in any message.
   */
  List<String> of(ParsedQuery question) {
    List<String> pieces = List.of(question.text().strip().split("\\s+"));
    List<String> whole = pieces.size() == 1 ? List.of() : otherReadings(String.join(" ", pieces), false);
    return whole.isEmpty() ? ofPieces(pieces, question.isKeywords()) : whole;
  }

  private List<String> ofPieces(List<String> pieces, boolean mayBeMisspelt) {
    Map<Integer, List<String>> readings = new LinkedHashMap<>();
    for (int i = 0; i < Math.min(pieces.size(), MOST_PIECES); i++) {
      List<String> other = otherReadings(pieces.get(i), mayBeMisspelt);
      if (!other.isEmpty()) {
        readings.put(i, other);
      }
    }
    return IntStream.range(0, readings.isEmpty() ? 0 : MOST).mapToObj(which -> combined(pieces, readings, which)).distinct().toList();
  }

  private static String combined(List<String> pieces, Map<Integer, List<String>> readings, int which) {
    List<String> combined = new ArrayList<>(pieces);
    readings.forEach((i, other) -> combined.set(i, other.get(Math.min(which, other.size() - 1))));
    return String.join(" ", combined);
  }

  /** @param mayBeMisspelt whether words that are only spelt like another reading will do */
  private List<String> otherReadings(String piece, boolean mayBeMisspelt) {
    long typed = isWord(piece) ? documents(piece) : KNOWN;
    if (typed >= KNOWN) {
      return List.of();
    }
    List<Reading> readings = new ArrayList<>();
    Stream.concat(KeyboardLayouts.variants(piece), Transliteration.variants(piece)).distinct()
        .map(variant -> new Reading(variant, documents(variant))).filter(reading -> reading.documents() > typed).forEach(readings::add);
    if (readings.isEmpty() && typed == 0 && mayBeMisspelt) {
      Transliteration.variants(piece).flatMap(variant -> spelling.like(variant).stream().limit(1))
          .map(similar -> new Reading(similar.word(), documents(similar.word()))).forEach(readings::add);
    }
    return readings.stream().sorted(Comparator.comparingLong(Reading::documents).reversed()).map(Reading::text).distinct().limit(MOST).toList();
  }

  /** A piece read otherwise, and how many messages hold it. */
  private record Reading(String text, long documents) {}

  /** Letters, and the keys that have letters on other layouts; addresses and numbers are typed as they are meant. */
  private static boolean isWord(String piece) {
    return piece.length() <= LONGEST && piece.codePoints().filter(Character::isLetter).count() >= SHORTEST
        && piece.codePoints().allMatch(c -> Character.isLetter(c) || Characters.isMark(c) || c == ' ' || KEYS.indexOf(c) >= 0);
  }

  /** About how many messages hold the word of the piece that fewest hold. */
  private long documents(String piece) {
    List<List<String>> terms = ParsedQuery.of(piece).wanted().stream().map(ParsedQuery.Wanted::terms).toList();
    return terms.isEmpty() ? KNOWN : searching.ask(sql -> statistics.documentsWith(terms)).stream().mapToLong(Long::longValue).min().orElse(KNOWN);
  }
}
