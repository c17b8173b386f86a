package tasktracker.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tasktracker.platform.web.json.Json;

/** Storing localized messages as JSON and showing them later in any language. */
class LocalizedMessagesTest {

  private static final Locale UKRAINIAN = Locale.of("uk");

  private static LocalizedMessage roundTrip(LocalizedMessage message) {
    return LocalizedMessages.parse(LocalizedMessages.toJson(message)).orElseThrow();
  }

  @Test
  void nestedMessagesSurviveTheRoundTrip() {
    LocalizedMessage message = LocalizedMessage.of("problem.file.of.broken", "bugs/2024.json",
        LocalizedMessage.of("problem.file.place", "3", "5", "12345"));
    assertThat(roundTrip(message)).isEqualTo(message);
    assertThat(roundTrip(message).in(UKRAINIAN)).isEqualTo("JSON у файлі bugs/2024.json пошкоджено у рядку 3, стовпці 5 (зміщення 12345).");
    assertThat(LocalizedMessages.toJson(LocalizedMessage.of("problem.upload.none")))
        .isEqualTo("{\"key\":\"problem.upload.none\",\"parameters\":[]}");
  }

  @Test
  void numbersStayNumbersForTheirPluralForms() {
    assertThat(roundTrip(LocalizedMessage.of("shell.count.unscored", 3)).in(UKRAINIAN)).startsWith("3 повідомлення очікують");
    assertThat(roundTrip(LocalizedMessage.of("problem.parameter.whole", 7L, .5)).parameters()).containsExactly(7L, .5);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{0}", "{1,number}'", "it''s {0#a|b}", "\"},{\"key\":\"problem.scored", "\u0001\n\\", "<b>", "\uD83D\uDE00"})
  void aHostileParameterStaysText(String name) {
    LocalizedMessage message = roundTrip(LocalizedMessage.of("problem.file.of.damaged", name));
    assertThat(message.english()).isEqualTo("The JSON of " + name + " is invalid.");
    assertThat(message.in(UKRAINIAN)).isEqualTo("JSON у файлі " + name + " пошкоджено.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "null", "7", "[]", "{}", "{\"key\": 7, \"parameters\": []}", "{\"key\": \"problem.scored\"}",
      "{\"key\": \"problem.scored\", \"parameters\": {}}", "{\"key\": \"problem.role\", \"parameters\": [null]}",
      "{\"key\": \"problem.role\", \"parameters\": [[\"x\"]]}", "{\"key\": \"problem.of.tomorrow\", \"parameters\": []}",
      "{\"key\": \"tomorrow.problem\", \"parameters\": []}", "{\"key\": \"\", \"parameters\": []}",
      "{\"key\": \"problem.file.broken\", \"parameters\": [{\"key\": \"problem.of.tomorrow\", \"parameters\": []}]}"})
  void unknownMessagesAreNotParsed(String json) {
    assertThat(LocalizedMessages.parse(json)).isEmpty();
  }

  @Test
  void nullIsNotParsed() {
    assertThat(LocalizedMessages.parse(null)).isEmpty();
  }

  @Test
  void textsAreChangedAtAnyDepth() {
    LocalizedMessage loud = LocalizedMessage.of("problem.role", "a", LocalizedMessage.of("problem.role", "b", 7))
        .with(text -> text.toUpperCase(Locale.ROOT));
    assertThat(loud).isEqualTo(LocalizedMessage.of("problem.role", "A", LocalizedMessage.of("problem.role", "B", 7)));
    assertThat(Json.jsonb().fromJson(LocalizedMessages.toJson(loud), JsonObject.class).getJsonArray("parameters").getString(0))
        .isEqualTo("A");
  }
}
