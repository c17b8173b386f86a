package tasktracker.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class QuestionTest {

  @Test
  void aFewWordsAreKeywordsThatAreAllWanted() {
    Question question = Question.of("api помилка");
    assertThat(question.isKeywords()).isTrue();
    assertThat(written(question.wanted())).containsExactly("api", "помилка");
    assertThat(question.meanings()).containsExactly("api помилка");
  }

  @Test
  void aQuestionIsAboutItsOtherWords() {
    Question question = Question.of("What did the team decide about the release date?");
    assertThat(question.isKeywords()).isFalse();
    assertThat(written(question.wanted())).containsExactly("decide", "release", "date");
    assertThat(written(question.asking())).containsExactly("team");
    assertThat(question.meanings()).containsExactly("What did the team decide about the release date?", "decide release date");
  }

  @Test
  void anAskingWordAloneIsLookedFor() {
    assertThat(written(Question.of("meeting").wanted())).containsExactly("meeting");
    assertThat(written(Question.of("team lunch").wanted())).containsExactly("team", "lunch");
  }

  @Test
  void stopWordsAreLookedForWhenThereIsNothingElse() {
    assertThat(written(Question.of("to be or not").wanted())).containsExactly("to", "be", "or", "not");
    assertThat(Question.of("!?").isEmpty()).isTrue();
  }

  @Test
  void nobodyIsMadeToWaitForAVeryLongQuestion() {
    assertThat(Question.of("word ".repeat(200) + "x1 x2 x3").wanted()).hasSizeLessThanOrEqualTo(40);
  }

  private static List<String> written(List<Question.Wanted> words) {
    return words.stream().map(Question.Wanted::written).toList();
  }
}
