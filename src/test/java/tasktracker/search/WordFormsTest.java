package tasktracker.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tasktracker.harness.Growth;

class WordFormsTest {

  private final WordForms forms = WordForms.take();

  @ParameterizedTest
  @ValueSource(strings = {"помилка помилки помилку помилок помилкою", "п'ятниця п’ятницю п`ятниці", "ошибка ошибки ошибок ошибками",
      "настройка настройки настроек", "deploy deploys deployed deploying", "reviewer's reviewers reviewer", "сервер сервера серверів",
      "перевірити перевірив перевірили", "решение решения решений", "ёлка елка ёлки"})
  void allFormsOfAWordShareATerm(String line) {
    List<WordForms.Word> words = forms.read(line);
    assertThat(words).hasSize(line.split(" ").length)
        .allSatisfy(word -> assertThat(word.terms()).containsAnyElementsOf(words.getFirst().terms()));
  }

  @Test
  void wordsKnowWhereTheyStand() {
    String text = "«Реліз» v2.0: don't panic";
    assertThat(forms.read(text)).extracting(w -> text.substring(w.start(), w.end())).containsExactly("Реліз", "v2", "0", "don't", "panic");
  }

  @Test
  void differentWordsStayApart() {
    assertThat(forms.read("база").getFirst().terms()).doesNotContainAnyElementsOf(forms.read("вага").getFirst().terms());
  }

  @Test
  void aWordWithoutEndIsCutBetweenCharacters() {
    String word = "x" + "𝒜".repeat(100);
    assertThat(forms.read(word).getFirst().written()).hasSizeLessThanOrEqualTo(60).doesNotContain("\uD835\uD835");
    assertThat(Character.isHighSurrogate(forms.read(word).getFirst().written().charAt(forms.read(word).getFirst().written().length() - 1))).isFalse();
  }

  @Test
  void emojiAndSignsAreNoWords() {
    assertThat(forms.read("👍 !!! — … 🇺🇦 @ #")).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("tasktracker.harness.HostileTexts#all")
  void readingCostsNoMoreThanTheTextIsLong(IntFunction<String> text) {
    Growth.assertLinear(4000, text, forms::read);
    Growth.assertLinear(4000, text, t -> Terms.vector(forms.read(t, 2000)));
  }

  @Test
  void noMoreWordsAreReadThanWanted() {
    assertThat(forms.read("one two three", 2)).extracting(WordForms.Word::written).containsExactly("one", "two");
    String words = "word ".repeat(200_000);
    forms.read(words, 10);
    assertThat(Growth.allocated(() -> forms.read(words, 10))).isLessThan(100_000);
  }

  @Test
  void aQuestionOfEightThousandWordsIsUnderstoodByItsFirst() {
    Growth.assertLinear(1000, count -> "deploy ".repeat(count), ParsedQuery::of);
    assertThat(ParsedQuery.of("login ".repeat(8000)).wanted()).hasSize(1);
  }
}
