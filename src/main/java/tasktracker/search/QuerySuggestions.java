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
import tasktracker.search.text.Characters;
import tasktracker.search.text.KeyboardLayouts;
import tasktracker.search.text.Transliteration;

/**
 * "Did you mean" suggestions for queries typed with the wrong keyboard layout ("htksp" for "реліз") or transliterated
 * ("reliz"). The suggestions are displayed; the query itself is not changed.
 */
@ApplicationScoped
class QuerySuggestions {

  /** A word that occurs in at least this many messages is not corrected. */
  private static final int KNOWN_WORD_DOCUMENTS = 3;
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
   * Suggests queries in which rare tokens are replaced by variants that occur in more messages, most frequent first. Empty
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
    return IntStream.range(0, variants.isEmpty() ? 0 : MAX_SUGGESTIONS).mapToObj(index -> combine(tokens, variants, index)).distinct().toList();
  }

  private static String combine(List<String> tokens, Map<Integer, List<String>> variants, int index) {
    List<String> combined = new ArrayList<>(tokens);
    variants.forEach((i, alternatives) -> combined.set(i, alternatives.get(Math.min(index, alternatives.size() - 1))));
    return String.join(" ", combined);
  }

  /** @param mayBeMisspelt whether words with a spelling similar to a variant are accepted */
  private List<String> findVariants(String token, boolean mayBeMisspelt) {
    long documents = isWord(token) ? countDocuments(token) : KNOWN_WORD_DOCUMENTS;
    if (documents >= KNOWN_WORD_DOCUMENTS) {
      return List.of();
    }
    List<Variant> variants = new ArrayList<>();
    Stream.concat(KeyboardLayouts.variants(token), Transliteration.variants(token)).distinct()
        .map(variant -> new Variant(variant, countDocuments(variant))).filter(candidate -> candidate.documents() > documents).forEach(variants::add);
    if (variants.isEmpty() && documents == 0 && mayBeMisspelt) {
      Transliteration.variants(token).flatMap(variant -> spellingSuggester.findSimilar(variant).stream().limit(1))
          .map(similar -> new Variant(similar.word(), countDocuments(similar.word()))).forEach(variants::add);
    }
    return variants.stream().sorted(Comparator.comparingLong(Variant::documents).reversed()).map(Variant::text).distinct().limit(MAX_SUGGESTIONS).toList();
  }

  /** A variant of a token and the number of messages that contain it. */
  private record Variant(String text, long documents) {}

  /** Whether the token consists of letters and of keys that produce letters in other layouts. URLs and numbers do not. */
  private static boolean isWord(String token) {
    return token.length() <= MAX_LENGTH && token.codePoints().filter(Character::isLetter).count() >= MIN_LETTERS
        && token.codePoints().allMatch(c -> Character.isLetter(c) || Characters.isMark(c) || c == ' ' || KEYS.indexOf(c) >= 0);
  }

  /** The approximate number of messages that contain the rarest word of the token. */
  private long countDocuments(String token) {
    List<List<String>> terms = ParsedQuery.of(token).keywords().stream().map(ParsedQuery.QueryWord::terms).toList();
    return terms.isEmpty() ? KNOWN_WORD_DOCUMENTS : statements.ask(sql -> statistics.countDocuments(terms)).stream().mapToLong(Long::longValue).min().orElse(KNOWN_WORD_DOCUMENTS);
  }
}
