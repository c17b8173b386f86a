package tasktracker.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which messages rank first, whatever their scores. */
class SearchPrecedenceTest {

  private final ReciprocalRankFusion.Fused meaning = fused(2, ReciprocalRankFusion.Reason.MEANING);
  private final ReciprocalRankFusion.Fused spelling = fused(1, ReciprocalRankFusion.Reason.SPELLING);
  private final ReciprocalRankFusion.Fused words = fused(.5, ReciprocalRankFusion.Reason.WORDS);

  @ParameterizedTest
  @ValueSource(strings = {"relese", "deploi", "produciton", "relese?"})
  void similarSpellingsRankAboveMeaningIfNoMessageContainsAWord(String typed) {
    assertThat(order(typed, List.of(), List.of(match(spelling, true)), meaning, spelling)).containsExactly(spelling, meaning);
  }

  @Test
  void theOrderIsThatOfTheScoresIfAMessageContainsAWord() {
    assertThat(order("relese notes", List.of(match(words, false)), List.of(match(spelling, true)), meaning, spelling, words))
        .containsExactly(meaning, spelling, words);
  }

  @Test
  void similarSpellingsOfOnlySomeWordsOfASentenceDoNotRankFirst() {
    assertThat(order("who has relesed the notez?", List.of(), List.of(match(spelling, false)), meaning, spelling)).containsExactly(meaning,
        spelling);
  }

  @Test
  void messagesWithAllKeywordsRankFirst() {
    assertThat(order("release notes", List.of(match(words, true)), List.of(), meaning, words)).containsExactly(words, meaning);
  }

  private static List<ReciprocalRankFusion.Fused> order(String typed, List<FullTextSearch.Match> matches,
      List<FullTextSearch.Match> similar,
      ReciprocalRankFusion.Fused... fused) {
    return Search.Precedence.of(ParsedQuery.of(typed), matches, similar).order(List.of(fused));
  }

  private static ReciprocalRankFusion.Fused fused(double score, ReciprocalRankFusion.Reason reason) {
    return new ReciprocalRankFusion.Fused(UUID.randomUUID(), score, Set.of(reason));
  }

  private static FullTextSearch.Match match(ReciprocalRankFusion.Fused fused, boolean hasAll) {
    return new FullTextSearch.Match(fused.message(), false, hasAll, 1);
  }
}
