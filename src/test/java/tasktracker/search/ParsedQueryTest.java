package tasktracker.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ParsedQueryTest {

  @Test
  void aFewWordsAreRequiredKeywords() {
    ParsedQuery query = ParsedQuery.of("api помилка");
    assertThat(query.isKeywordQuery()).isTrue();
    assertThat(written(query.keywords())).containsExactly("api", "помилка");
    assertThat(query.embeddingTexts()).containsExactly("api помилка");
  }

  @Test
  void questionWordsAreSeparatedFromKeywords() {
    ParsedQuery query = ParsedQuery.of("What did the team decide about the release date?");
    assertThat(query.isKeywordQuery()).isFalse();
    assertThat(written(query.keywords())).containsExactly("decide", "release", "date");
    assertThat(written(query.questionWords())).containsExactly("team");
    assertThat(query.embeddingTexts()).containsExactly("What did the team decide about the release date?", "decide release date");
  }

  @Test
  void aQuestionWordAloneIsAKeyword() {
    assertThat(written(ParsedQuery.of("meeting").keywords())).containsExactly("meeting");
    assertThat(written(ParsedQuery.of("team lunch").keywords())).containsExactly("team", "lunch");
  }

  @Test
  void stopWordsAloneAreKeywords() {
    assertThat(written(ParsedQuery.of("to be or not").keywords())).containsExactly("to", "be", "or", "not");
    assertThat(ParsedQuery.of("!?").isEmpty()).isTrue();
  }

  @Test
  void theNumberOfKeywordsIsLimited() {
    assertThat(ParsedQuery.of("word ".repeat(200) + "x1 x2 x3").keywords()).hasSizeLessThanOrEqualTo(40);
  }

  @Test
  void aUrlIsOneTokenOfSeveralWords() {
    ParsedQuery query = ParsedQuery.of("https://a.example/docs/search.html?q=b#top");
    assertThat(query.isKeywordQuery()).isTrue();
    assertThat(query.joined()).contains("a.example", "search.html", "html?q");
  }

  @Test
  void symbolsAreNotRequired() {
    assertThat(written(ParsedQuery.of("foo -> bar").keywords())).containsExactly("foo", "bar");
    assertThat(written(ParsedQuery.of("->").keywords())).containsExactly("->");
  }

  @Test
  void queryTermsIncludeThoseOfThePreviousAnalysis() {
    assertThat(ParsedQuery.of("чаи\u0306ник").keywords().getFirst().terms()).contains("чайник", "чаи\u0306ник");
    assertThat(ParsedQuery.of("п´ятниця").keywords().getFirst().terms()).contains("п'ятниця", "ятниц");
    assertThat(ParsedQuery.of("1500грн").keywords()).allSatisfy(word -> assertThat(word.terms()).contains("1500грн"));
    assertThat(ParsedQuery.of("v2").keywords()).extracting(ParsedQuery.QueryWord::terms).containsExactly(List.of("v2"));
  }

  private static List<String> written(List<ParsedQuery.QueryWord> words) {
    return words.stream().map(ParsedQuery.QueryWord::written).toList();
  }
}
