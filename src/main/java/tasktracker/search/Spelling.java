package tasktracker.search;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.data.Database;

/** Finds what a word that is written nowhere, or hardly anywhere, may have been meant to be. */
@ApplicationScoped
class Spelling {

  /**
   * A word that was written, near to the one that was typed.
   *
   * @param likeness from 0 to 1, by trigrams
   */
  record Similar(String word, double likeness) {}

  /** A keyword that more messages hold was hardly mistyped. */
  private static final int KNOWN = 3;
  private static final int MOST = 6;
  private static final double LEAST_LIKENESS = .45;
  private static final double BEGINNING = .7;

  private @Nullable Searching searching;
  private @Nullable TermStatistics statistics;

  protected Spelling() {}

  @Inject
  Spelling(Searching searching, TermStatistics statistics) {
    this.searching = searching;
    this.statistics = statistics;
  }

  /** The question with its doubtful words replaced by what is spelt like them; empty when no word is doubtful. */
  List<WordSearch.Sought> corrected(Question question) {
    List<Question.Wanted> wanted = question.wanted();
    int known = question.isKeywords() ? KNOWN : 1;
    List<Long> documents = statistics.documentsWith(wanted.stream().map(Question.Wanted::terms).toList());
    List<WordSearch.Sought> corrected = new ArrayList<>();
    boolean changed = false;
    for (int i = 0; i < wanted.size(); i++) {
      List<Similar> similar = documents.get(i) >= known ? List.of() : like(wanted.get(i).written());
      changed |= !similar.isEmpty();
      corrected.add(similar.isEmpty() ? new WordSearch.Sought(wanted.get(i).terms(), 1, true) : any(similar));
    }
    return changed ? corrected : List.of();
  }

  private static WordSearch.Sought any(List<Similar> similar) {
    WordForms forms = WordForms.take();
    List<String> terms = similar.stream().flatMap(s -> forms.read(s.word()).stream()).flatMap(w -> w.terms().stream())
        .distinct().toList();
    return new WordSearch.Sought(terms, similar.getFirst().likeness(), true);
  }

  /** Words spelt like this one, or beginning with it; the likest first. Short words are like too many. */
  List<Similar> like(String word) {
    if (word.length() < 4) {
      return List.of();
    }
    return searching.ask(sql -> sql.createQuery("""
            select word, greatest(similarity(word, :word), case when starts_with(word, :word) then :beginning else 0 end) as likeness
              from search_word
             where (word % :word and similarity(word, :word) >= :least or word like :word || '%') and word <> :word
             order by likeness desc, word limit :most""")
        .bind("word", word).bind("beginning", BEGINNING).bind("least", LEAST_LIKENESS).bind("most", MOST)
        .map(Database.to(Similar.class)).list());
  }
}
