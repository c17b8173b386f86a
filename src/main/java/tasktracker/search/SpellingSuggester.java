package tasktracker.search;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** Suggests words with a similar spelling for words that occur in few or no messages. */
@ApplicationScoped
class SpellingSuggester {

  /**
   * A word that occurs in messages and is similar to the typed one.
   *
   * @param similarity 0 to 1
   */
  record SimilarWord(String word, double similarity) {}

  /** A keyword that occurs in at least this many messages is not corrected. */
  private static final int KNOWN_WORD_DOCUMENTS = 3;
  private static final int MAX_WORDS = 6;
  private static final int MAX_CANDIDATES = 100;
  /** The length from which an edit distance of 2 is accepted; for shorter words, it is 1. */
  private static final int LONG_WORD_LENGTH = 8;
  private static final double PREFIX_SIMILARITY = .7;

  private final SearchStatements statements;
  private final TermStatistics statistics;

  @Inject
  SpellingSuggester(SearchStatements statements, TermStatistics statistics) {
    this.statements = statements;
    this.statistics = statistics;
  }

  /** The query terms with rare words replaced by words of similar spelling; empty if nothing is replaced. */
  List<FullTextSearch.QueryTerm> correct(ParsedQuery query) {
    List<ParsedQuery.QueryWord> words = query.keywords();
    int knownWordDocuments = query.isKeywordQuery() ? KNOWN_WORD_DOCUMENTS : 1;
    List<Long> documents = statements.ask(sql -> statistics.countDocuments(words.stream().map(ParsedQuery.QueryWord::terms).toList()));
    List<FullTextSearch.QueryTerm> corrected = new ArrayList<>();
    boolean changed = false;
    for (int i = 0; i < words.size(); i++) {
      List<SimilarWord> similar = documents.get(i) >= knownWordDocuments ? List.of() : findSimilar(words.get(i).written());
      changed |= !similar.isEmpty();
      corrected.add(similar.isEmpty() ? new FullTextSearch.QueryTerm(words.get(i).terms(), 1, true) : createQueryTerm(similar));
    }
    return changed ? corrected : List.of();
  }

  private static FullTextSearch.QueryTerm createQueryTerm(List<SimilarWord> similar) {
    TextAnalyzer analyzer = TextAnalyzer.create();
    List<String> terms = similar.stream().flatMap(s -> analyzer.analyze(s.word()).stream()).flatMap(w -> w.terms().stream())
        .distinct().toList();
    return new FullTextSearch.QueryTerm(terms, similar.getFirst().similarity(), true);
  }

  /** Words with a similar spelling or with this prefix, most similar first. Empty for words of fewer than four letters. */
  List<SimilarWord> findSimilar(String word) {
    return word.length() < 4 || !isWord(word)
        ? List.of()
        : findCandidates(word).stream().map(other -> new SimilarWord(other, computeSimilarity(word, other)))
            .filter(s -> s.similarity() > 0).sorted(Comparator.comparingDouble(SimilarWord::similarity).reversed()).limit(MAX_WORDS)
            .toList();
  }

  /** Those of the words that occur in messages in the same form. */
  Set<String> findKnown(List<String> words) {
    return statements.ask(sql -> sql.createQuery("select word from search_word where word = any(:words)")
        .bindArray("words", String.class, words.toArray()).mapTo(String.class).set());
  }

  /** Only letters and digits, so that the word contains no operator of LIKE. */
  private static boolean isWord(String word) {
    return word.codePoints().allMatch(c -> Character.isLetterOrDigit(c) || c == '\'');
  }

  /** Finds candidates with the trigram index. They are ranked by edit distance later. */
  private List<String> findCandidates(String word) {
    return statements.ask(sql -> {
      sql.createQuery("select set_config('pg_trgm.similarity_threshold', '0.2', true)").mapTo(String.class).one();
      return sql.createQuery("""
              select word from search_word where (word % :word or word like :word || '%') and word <> :word group by word
               order by similarity(word, :word) desc, word limit :looked""")
          .bind("word", word).bind("looked", MAX_CANDIDATES).mapTo(String.class).list();
    });
  }

  private static double computeSimilarity(String typed, String other) {
    if (other.startsWith(typed)) {
      return PREFIX_SIMILARITY;
    }
    int distance = EditDistance.compute(typed, other);
    return distance > (typed.length() < LONG_WORD_LENGTH ? 1 : 2) ? 0 : 1 - distance / (double) typed.length();
  }
}
