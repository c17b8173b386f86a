package tasktracker.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class QuestionTest {

  @Test
  void aFewWordsAreKeywordsThatAreAllWanted() {
    ParsedQuery question = ParsedQuery.of("api помилка");
    assertThat(question.isKeywords()).isTrue();
    assertThat(written(question.wanted())).containsExactly("api", "помилка");
    assertThat(question.meanings()).containsExactly("api помилка");
  }

  @Test
  void aQuestionIsAboutItsOtherWords() {
    ParsedQuery question = ParsedQuery.of("What did the team decide about the release date?");
    assertThat(question.isKeywords()).isFalse();
    assertThat(written(question.wanted())).containsExactly("decide", "release", "date");
    assertThat(written(question.asking())).containsExactly("team");
    assertThat(question.meanings()).containsExactly("What did the team decide about the release date?", "decide release date");
  }

  @Test
  void anAskingWordAloneIsLookedFor() {
    assertThat(written(ParsedQuery.of("meeting").wanted())).containsExactly("meeting");
    assertThat(written(ParsedQuery.of("team lunch").wanted())).containsExactly("team", "lunch");
  }

  @Test
  void stopWordsAreLookedForWhenThereIsNothingElse() {
    assertThat(written(ParsedQuery.of("to be or not").wanted())).containsExactly("to", "be", "or", "not");
    assertThat(ParsedQuery.of("!?").isEmpty()).isTrue();
  }

  @Test
  void nobodyIsMadeToWaitForAVeryLongQuestion() {
    assertThat(ParsedQuery.of("word ".repeat(200) + "x1 x2 x3").wanted()).hasSizeLessThanOrEqualTo(40);
  }

  private static List<String> written(List<ParsedQuery.Wanted> words) {
    return words.stream().map(ParsedQuery.Wanted::written).toList();
  }
}
