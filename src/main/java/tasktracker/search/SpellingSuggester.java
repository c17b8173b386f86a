package tasktracker.search;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds what a word that is written nowhere, or hardly anywhere, may have been meant to be. */
@ApplicationScoped
class SpellingSuggester {

  /**
   * A word that was written, near to the one that was typed.
   *
   * @param likeness from 0 to 1
   */
  record Similar(String word, double likeness) {}

  /** A keyword that more messages hold was hardly mistyped. */
  private static final int KNOWN = 3;
  private static final int MOST = 6;
  private static final int LOOKED_AT = 100;
  /** From so many letters on two slips are forgiven. */
  private static final int LONG = 8;
  private static final double BEGINNING = .7;

  private @Nullable SearchStatements searching;
  private @Nullable TermStatistics statistics;

  protected SpellingSuggester() {}

  @Inject
  SpellingSuggester(SearchStatements searching, TermStatistics statistics) {
    this.searching = searching;
    this.statistics = statistics;
  }

  /** The question with its doubtful words replaced by what is spelt like them; empty when no word is doubtful. */
  List<FullTextSearch.Sought> corrected(ParsedQuery question) {
    List<ParsedQuery.Wanted> wanted = question.wanted();
    int known = question.isKeywords() ? KNOWN : 1;
    List<Long> documents = searching.ask(sql -> statistics.documentsWith(wanted.stream().map(ParsedQuery.Wanted::terms).toList()));
    List<FullTextSearch.Sought> corrected = new ArrayList<>();
    boolean changed = false;
    for (int i = 0; i < wanted.size(); i++) {
      List<Similar> similar = documents.get(i) >= known ? List.of() : like(wanted.get(i).written());
      changed |= !similar.isEmpty();
      corrected.add(similar.isEmpty() ? new FullTextSearch.Sought(wanted.get(i).terms(), 1, true) : any(similar));
    }
    return changed ? corrected : List.of();
  }

  private static FullTextSearch.Sought any(List<Similar> similar) {
    TextAnalyzer forms = TextAnalyzer.take();
    List<String> terms = similar.stream().flatMap(s -> forms.read(s.word()).stream()).flatMap(w -> w.terms().stream())
        .distinct().toList();
    return new FullTextSearch.Sought(terms, similar.getFirst().likeness(), true);
  }

  /** Words spelt like this one, or beginning with it; the likest first. Short words are like too many. */
  List<Similar> like(String word) {
    return word.length() < 4 || !isSpelt(word) ? List.of() : neighbours(word).stream().map(other -> new Similar(other, likeness(word, other)))
        .filter(s -> s.likeness() > 0).sorted(Comparator.comparingDouble(Similar::likeness).reversed()).limit(MOST).toList();
  }

  /** Letters and digits alone: nothing of it is an operator of LIKE, and signs cannot be misspelt. */
  private static boolean isSpelt(String word) {
    return word.codePoints().allMatch(c -> Character.isLetterOrDigit(c) || c == '\'');
  }

  /** Trigrams find what may be meant in an index; they say little about how likely it is. */
  private List<String> neighbours(String word) {
    return searching.ask(sql -> {
      sql.createQuery("select set_config('pg_trgm.similarity_threshold', '0.2', true)").mapTo(String.class).one();
      return sql.createQuery("""
              select word from search_word where (word % :word or word like :word || '%') and word <> :word group by word
               order by similarity(word, :word) desc, word limit :looked""")
          .bind("word", word).bind("looked", LOOKED_AT).mapTo(String.class).list();
    });
  }

  private static double likeness(String typed, String other) {
    if (other.startsWith(typed)) {
      return BEGINNING;
    }
    int slips = EditDistance.between(typed, other);
    return slips > (typed.length() < LONG ? 1 : 2) ? 0 : 1 - slips / (double) typed.length();
  }
}
