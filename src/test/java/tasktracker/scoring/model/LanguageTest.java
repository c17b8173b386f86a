package tasktracker.scoring.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LanguageTest {

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "The build is red again | EN", "login broken | EN", "Сервіс не запускається | UK", "Дякую, добре | UK",
      "Сервер упал, посмотрите пожалуйста логи | RU", "Это не работает | RU", "деплой через Jenkins впав, дивіться logs | UK",
      "Das Formular läßt sich nicht öffnen | OTHER", "🎉🎉 | OTHER", "12345 | OTHER",
      "el servidor no responde desde esta manana por la tarde | OTHER"})
  void theLanguageOfATextIsDetected(String text, Language language) {
    assertThat(Language.of(text)).isEqualTo(language);
  }
}
