package tasktracker.search.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.IntFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tasktracker.harness.Growth;

/** Variants of a query: other keyboard layouts and transliterations. */
class QueryVariantsTest {

  @ParameterizedTest
  @CsvSource({"htksp, реліз", "Gjvbkrf, помилка", "ljlfnjr, додаток", "'jib,rf', ошибка", "дщпшт, login", "вуздщн, deploy",
      "сщььше, commit"})
  void textOfAnotherKeyboardLayoutIsConverted(String typed, String meant) {
    assertThat(KeyboardLayouts.variants(typed)).contains(meant);
  }

  @ParameterizedTest
  @CsvSource({"reliz, реліз", "pomylka, помилка", "oshibka, ошибка", "nastroyki, настройки", "moya, моя", "shchodennyk, щоденник",
      "Kharkiv, харків", "сервер, server", "деплой, deploy"})
  void wordsAreTransliterated(String typed, String meant) {
    assertThat(Transliteration.variants(typed)).contains(meant);
  }

  @ParameterizedTest
  @MethodSource("tasktracker.harness.HostileTexts#all")
  void variantsAreCreatedInLinearTime(IntFunction<String> text) {
    Growth.assertLinear(4000, text, t -> KeyboardLayouts.variants(t).forEach(String::length));
    Growth.assertLinear(4000, text, t -> Transliteration.variants(t).forEach(String::length));
  }
}
