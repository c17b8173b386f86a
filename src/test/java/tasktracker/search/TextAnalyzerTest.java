package tasktracker.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tasktracker.harness.Growth;
import tasktracker.harness.HostileTexts;
import tasktracker.platform.data.StorableText;

class TextAnalyzerTest {

  private final TextAnalyzer analyzer = TextAnalyzer.create();

  @ParameterizedTest
  @ValueSource(strings = {"помилка помилки помилку помилок помилкою", "п'ятниця п’ятницю п`ятниці", "ошибка ошибки ошибок ошибками",
      "настройка настройки настроек", "deploy deploys deployed deploying", "reviewer's reviewers reviewer", "сервер сервера серверів",
      "перевірити перевірив перевірили", "решение решения решений", "ёлка елка ёлки"})
  void allFormsOfAWordShareATerm(String line) {
    List<TextAnalyzer.Word> words = analyzer.analyze(line);
    assertThat(words).hasSize(line.split(" ").length)
        .allSatisfy(word -> assertThat(word.terms()).containsAnyElementsOf(words.getFirst().terms()));
  }

  @Test
  void wordsHaveTheirPositions() {
    String text = "«Реліз» v2.0: don't panic";
    assertThat(analyzer.analyze(text)).extracting(w -> text.substring(w.start(), w.end())).containsExactly("Реліз", "v", "2", "0", "don't",
        "panic");
  }

  @ParameterizedTest
  @CsvSource({"C++, c++", "'(C#),', c#", "#реліз, #реліз", "@olena_dev, 'olena_dev'", "v1.2.3, 1.2", "https://a.example/b, 'https://a'",
      "C:\\Users\\dev, 'users\\dev'", "100%, 100%", "€250, €250", "'\".NET\"', .net", "1500грн, 1500грн"})
  void aWordHasItsJoinedTokens(String text, String joined) {
    assertThat(analyzer.analyze(text)).flatExtracting(TextAnalyzer.Word::joined).contains(joined);
  }

  @Test
  void sentencePunctuationIsNotJoined() {
    assertThat(analyzer.analyze("Well, \"so\" it is (at last): done. Isn't it?… *Yes* — no!")).flatExtracting(TextAnalyzer.Word::joined)
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"чаи\u0306ник, чайник", "і\u0308жа, їжа", "п´ять, п'ять", "п‘ять, п'ять", "п′ять, п'ять", "п＇ять, п'ять", "cервер, сервер",
      "сeрвeр, сервер",
      "СEРВЕР, сервер", "sеrver, server", "caf\u0065\u0301, café", "dep\u00ADloy, deploy", "п\u0301ять, пять"})
  void aWordHasOneNormalForm(String typed, String normal) {
    assertThat(analyzer.analyze(typed)).extracting(TextAnalyzer.Word::written).containsExactly(normal);
  }

  @Test
  void unmappableWordsOfMixedScriptsAreUnchanged() {
    assertThat(analyzer.analyze("deployжити").getFirst().written()).isEqualTo("deployжити");
  }

  @ParameterizedTest
  @ValueSource(strings = {"+380 (67) 123-45-67", "0671234567", "067-123-45-67", "380671234567", "(067) 123 45 67", "+38 067.123.45.67"})
  void aTelephoneNumberMatchesInAnyGrouping(String text) {
    assertThat(analyzer.analyze(text)).isNotEmpty().allSatisfy(word -> assertThat(word.phone()).contains("tel:671234567"));
  }

  @Test
  void adjacentTelephoneNumbersAndListsAreDistinguished() {
    assertThat(analyzer.analyze("067 123 45 67 050 111 22 33")).extracting(w -> w.phone().orElse(""))
        .containsExactly("tel:671234567", "tel:671234567", "tel:671234567", "tel:671234567", "tel:501112233", "tel:501112233",
            "tel:501112233", "tel:501112233");
    assertThat(analyzer.analyze("1 2 3 4 5 6 7 8 9 10 11 12 13")).extracting(TextAnalyzer.Word::phone)
        .containsOnly(java.util.Optional.empty());
  }

  @ParameterizedTest
  @ValueSource(strings = {"1 500 000", "1\u2009500\u2009000", "1\u00A0500\u00A0000", "1'500'000", "1’500’000", "1 500 000грн", "1500000"})
  void aNumberHasOneTermInAnyGrouping(String text) {
    assertThat(analyzer.analyze(text).getFirst().terms()).contains("1500000");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1 5000", "2026 500", "0 500", "1 50", "1.2 500", "1 500'000"})
  void otherDigitsAreNotGrouped(String text) {
    assertThat(analyzer.analyze(text)).flatExtracting(TextAnalyzer.Word::terms).allSatisfy(term -> assertThat(text.split("[ '.]").length > 2
        ? List.of("1500000", "2500", "12500")
        : List.of(text.replaceAll("\\D", ""))).doesNotContain(term));
  }

  @ParameterizedTest
  @CsvSource({"ﬁle, file", "𝕳ello, hello", "ｄｅｐｌｏｙ, deploy", "ｗｉ-ｆｉ, wifi", "１５００, 1500"})
  void compatibilityLettersHaveTheTermOfOrdinaryOnes(String text, String term) {
    assertThat(analyzer.analyze(text).getFirst().terms()).contains(term);
  }

  @Test
  void anEmojiIsAToken() {
    assertThat(analyzer.analyze("ok👍🏽👨‍👩‍👧🇺🇦❤️ -> :) !!! — …")).extracting(TextAnalyzer.Word::written).containsExactly("ok", "👍",
        "👨‍👩‍👧", "🇺🇦", "❤", "->", ":)");
  }

  @Test
  void differentWordsShareNoTerm() {
    assertThat(analyzer.analyze("база").getFirst().terms()).doesNotContainAnyElementsOf(analyzer.analyze("вага").getFirst().terms());
  }

  @Test
  void aLongWordIsTruncatedBetweenCharacters() {
    String word = "x" + "𝒜".repeat(100);
    assertThat(analyzer.analyze(word).getFirst().written()).hasSizeLessThanOrEqualTo(60).doesNotContain("\uD835\uD835");
    assertThat(Character
        .isHighSurrogate(analyzer.analyze(word).getFirst().written().charAt(analyzer.analyze(word).getFirst().written().length() - 1)))
        .isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\u02BCs", "90\u02BCs", "\u02B9t", "\uA78Cs", "\u02C8d", "a \u02BBm b", "\u02BCll \u02BCve", "\u02BC"})
  void aCliticAloneHasATerm(String text) {
    assertThat(analyzer.analyze(text)).allSatisfy(word -> assertThat(word.terms()).isNotEmpty().noneMatch(String::isBlank));
    assertThat(TextSearchFormat.toTsVector(analyzer.analyze(text))).doesNotContainPattern("(^| )'':");
  }

  @Test
  void noWordAndNoTermIsEmpty() {
    HostileTexts.random(20_000).forEach(text -> assertThat(analyzer.analyze(text)).as(text).allSatisfy(word -> {
      assertThat(word.written()).isNotBlank();
      assertThat(word.terms()).isNotEmpty().allMatch(term -> !term.isBlank() && StorableText.isStorable(term));
      assertThat(text.substring(word.start(), word.end())).isNotEmpty();
    }));
  }

  @ParameterizedTest
  @MethodSource("tasktracker.harness.HostileTexts#all")
  void analysisTakesLinearTime(IntFunction<String> text) {
    Growth.assertLinear(4000, text, analyzer::analyze);
    Growth.assertLinear(4000, text, t -> TextSearchFormat.toTsVector(analyzer.analyze(t, 2000)));
    Growth.assertLinear(4000, text, t -> TextSearchFormat.toExactQuery(analyzer.analyzeQuery(t, 2000)));
  }

  @Test
  void theNumberOfWordsIsLimited() {
    assertThat(analyzer.analyze("one two three", 2)).extracting(TextAnalyzer.Word::written).containsExactly("one", "two");
    String words = "word ".repeat(200_000);
    analyzer.analyze(words, 10);
    assertThat(Growth.allocated(() -> analyzer.analyze(words, 10))).isLessThan(100_000);
  }

  @Test
  void onlyTheFirstWordsOfALongQueryAreUsed() {
    Growth.assertLinear(1000, count -> "deploy ".repeat(count), ParsedQuery::of);
    assertThat(ParsedQuery.of("login ".repeat(8000)).keywords()).hasSize(1);
  }
}
