package tasktracker.search;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tasktracker.search.text.Characters;
import tasktracker.search.text.KeyboardLayouts;
import tasktracker.search.text.NormalForm;
import tasktracker.search.text.Transliteration;

/**
 * "Did you mean" suggestions for queries typed with the wrong keyboard layout ("htksp" for "реліз") or transliterated
 * ("reliz"). The suggestions are displayed; the query itself is not changed.
 */
@ApplicationScoped
class QuerySuggestions {

  private static final int MIN_LETTERS = 3;
  private static final int MAX_LENGTH = 100;
  private static final String KEYS = "[];',.`\\\u2019\u02BC";
  private static final int MAX_TOKENS = 8;
  private static final int MAX_SUGGESTIONS = 3;

  private final SearchStatements statements;
  private final TermStatistics statistics;
  private final SpellingSuggester spellingSuggester;

  @Inject
  QuerySuggestions(SearchStatements statements, TermStatistics statistics, SpellingSuggester spellingSuggester) {
    this.statements = statements;
    this.statistics = statistics;
    this.spellingSuggester = spellingSuggester;
  }

  /**
   * Suggests queries in which tokens that occur in no message are replaced by variants that do, most frequent first. Empty
   * if there are none.
   */
  List<String> suggest(ParsedQuery query) {
    List<String> tokens = List.of(query.text().strip().split("\\s+"));
    List<String> forWholeQuery = tokens.size() == 1 ? List.of() : findVariants(String.join(" ", tokens), false);
    return forWholeQuery.isEmpty() ? suggestByToken(tokens, query.isKeywordQuery()) : forWholeQuery;
  }

  private List<String> suggestByToken(List<String> tokens, boolean mayBeMisspelt) {
    Map<Integer, List<String>> variants = new LinkedHashMap<>();
    for (int i = 0; i < Math.min(tokens.size(), MAX_TOKENS); i++) {
      List<String> alternatives = findVariants(tokens.get(i), mayBeMisspelt);
      if (!alternatives.isEmpty()) {
        variants.put(i, alternatives);
      }
    }
    return IntStream.range(0, variants.isEmpty() ? 0 : MAX_SUGGESTIONS).mapToObj(index -> combine(tokens, variants, index)).distinct()
        .toList();
  }

  private static String combine(List<String> tokens, Map<Integer, List<String>> variants, int index) {
    List<String> combined = new ArrayList<>(tokens);
    variants.forEach((i, alternatives) -> combined.set(i, alternatives.get(Math.min(index, alternatives.size() - 1))));
    return String.join(" ", combined);
  }

  /** @param mayBeMisspelt whether words with a spelling similar to a variant are accepted */
  private List<String> findVariants(String token, boolean mayBeMisspelt) {
    List<String> readings = readings(token).filter(QuerySuggestions::isWord).toList();
    if (readings.isEmpty() || readings.stream().anyMatch(this::isKnown)) {
      return List.of();
    }
    List<Variant> variants = keepWritten(count(readings.stream().flatMap(QuerySuggestions::createVariants)));
    if (variants.isEmpty() && mayBeMisspelt) {
      variants = count(
          Transliteration.variants(readings.getLast()).flatMap(variant -> spellingSuggester.findSimilar(variant).stream().limit(1))
              .map(SpellingSuggester.SimilarWord::word));
    }
    return variants.stream().sorted(Comparator.comparingLong(Variant::documents).reversed()).map(Variant::text).limit(MAX_SUGGESTIONS)
        .toList();
  }

  /**
   * The token with and without the punctuation at its ends, which may be letters of another layout: "g`znybw." is
   * "п'ятницю", and "htksp." is "реліз".
   */
  private static Stream<String> readings(String token) {
    return Stream.of(trim(token, c -> Character.isLetter(c) || KEYS.indexOf(c) >= 0), trim(token, Character::isLetter)).distinct();
  }

  private static String trim(String token, IntPredicate belongs) {
    int start = 0;
    while (start < token.length() && !belongs.test(token.codePointAt(start))) {
      start += Character.charCount(token.codePointAt(start));
    }
    int end = token.length();
    while (end > start && !belongs.test(token.codePointBefore(end)) && !Characters.isMark(token.codePointBefore(end))) {
      end -= Character.charCount(token.codePointBefore(end));
    }
    return token.substring(start, end);
  }

  /** Whether the words occur in messages, or are stop words. */
  private boolean isKnown(String reading) {
    return StopWords.isStop(reading.toLowerCase(Locale.ROOT)) || countDocuments(reading) > 0;
  }

  /** A word of the Ukrainian dictionary was not typed with the wrong layout, but it may be a transliteration ("логін"). */
  private static Stream<String> createVariants(String reading) {
    Stream<String> ofLayouts = TextAnalyzer.create().isInDictionary(NormalForm.of(reading))
        ? Stream.of()
        : KeyboardLayouts.variants(reading);
    return Stream.concat(ofLayouts, Transliteration.variants(reading));
  }

  private List<Variant> count(Stream<String> variants) {
    return variants.distinct().map(variant -> new Variant(variant, countDocuments(variant))).filter(variant -> variant.documents() > 0)
        .toList();
  }

  /** Of several variants, those whose words occur in the same form, if there are any: "реліз", not "релізю". */
  private List<Variant> keepWritten(List<Variant> variants) {
    if (variants.size() < 2) {
      return variants;
    }
    Set<String> known = spellingSuggester.findKnown(variants.stream().flatMap(variant -> longWords(variant.text())).toList());
    List<Variant> written = variants.stream().filter(variant -> longWords(variant.text()).allMatch(known::contains)).toList();
    return written.isEmpty() ? variants : written;
  }

  /** The words that are long enough to be stored for spelling suggestions. */
  private static Stream<String> longWords(String text) {
    return TextAnalyzer.create().analyze(text).stream().map(TextAnalyzer.Word::written).filter(word -> word.length() >= MIN_LETTERS);
  }

  /** A variant of a token and the number of messages that contain it. */
  private record Variant(String text, long documents) {}

  /** Whether the token consists of letters and of keys that produce letters in other layouts. URLs and numbers do not. */
  private static boolean isWord(String token) {
    return token.length() <= MAX_LENGTH && token.codePoints().filter(Character::isLetter).count() >= MIN_LETTERS
        && token.codePoints().allMatch(c -> Character.isLetter(c) || Characters.isMark(c) || c == ' ' || KEYS.indexOf(c) >= 0);
  }

  /** The approximate number of messages that contain the rarest word of the text. */
  private long countDocuments(String text) {
    List<List<String>> terms = ParsedQuery.of(text).keywords().stream().map(ParsedQuery.QueryWord::terms).toList();
    return statements.ask(sql -> statistics.countDocuments(terms)).stream().mapToLong(Long::longValue).min().orElse(0);
  }
}
