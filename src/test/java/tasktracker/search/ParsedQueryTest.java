package tasktracker.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ParsedQueryTest {

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

  @Test
  void anAddressIsOneKeywordOfManyWords() {
    ParsedQuery question = ParsedQuery.of("https://a.example/docs/search.html?q=b#top");
    assertThat(question.isKeywords()).isTrue();
    assertThat(question.joined()).contains("a.example", "search.html", "html?q");
  }

  @Test
  void signsHelpToChooseAndAreNotExpected() {
    assertThat(written(ParsedQuery.of("foo -> bar").wanted())).containsExactly("foo", "bar");
    assertThat(written(ParsedQuery.of("->").wanted())).containsExactly("->");
  }

  @Test
  void whatIsTypedIsLookedForInDocumentsOfTheAnalysisBeforeToo() {
    assertThat(ParsedQuery.of("чаи\u0306ник").wanted().getFirst().terms()).contains("чайник", "чаи\u0306ник");
    assertThat(ParsedQuery.of("п´ятниця").wanted().getFirst().terms()).contains("п'ятниця", "ятниц");
    assertThat(ParsedQuery.of("1500грн").wanted()).allSatisfy(word -> assertThat(word.terms()).contains("1500грн"));
    assertThat(ParsedQuery.of("v2").wanted()).extracting(ParsedQuery.Wanted::terms).containsExactly(List.of("v2"));
  }

  private static List<String> written(List<ParsedQuery.Wanted> words) {
    return words.stream().map(ParsedQuery.Wanted::written).toList();
  }
}
