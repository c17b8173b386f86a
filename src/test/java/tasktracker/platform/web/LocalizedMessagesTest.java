package tasktracker.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What was to be said on Monday is said on Friday, to whoever reads it, in her language. */
class LocalizedMessagesTest {

  private static final Locale UKRAINIAN = Locale.of("uk");

  private static LocalizedMessage writtenAndRead(LocalizedMessage saying) {
    return LocalizedMessages.read(LocalizedMessages.json(saying)).orElseThrow();
  }

  @Test
  void aSayingWithSayingsInItComesBackAsItWas() {
    LocalizedMessage saying = LocalizedMessage.of("problem.file.of.broken", "bugs/2024.json", LocalizedMessage.of("problem.file.place", "3", "5", "12345"));
    assertThat(writtenAndRead(saying)).isEqualTo(saying);
    assertThat(writtenAndRead(saying).in(UKRAINIAN)).isEqualTo("JSON у файлі bugs/2024.json пошкоджено у рядку 3, стовпці 5 (зміщення 12345).");
    assertThat(LocalizedMessages.json(LocalizedMessage.of("problem.upload.none"))).isEqualTo("{\"key\":\"problem.upload.none\",\"parameters\":[]}");
  }

  @Test
  void numbersStayNumbersSoThatTheirNounsAgree() {
    assertThat(writtenAndRead(LocalizedMessage.of("shell.count.unscored", 3)).in(UKRAINIAN)).startsWith("3 повідомлення очікують");
    assertThat(writtenAndRead(LocalizedMessage.of("problem.parameter.whole", 7L, .5)).parameters()).containsExactly(7L, .5);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{0}", "{1,number}'", "it''s {0#a|b}", "\"},{\"key\":\"problem.scored", "\u0001\n\\", "<b>", "\uD83D\uDE00"})
  void aHostileTextIsATextAndNothingElse(String name) {
    LocalizedMessage saying = writtenAndRead(LocalizedMessage.of("problem.file.of.damaged", name));
    assertThat(saying.english()).isEqualTo("The JSON of " + name + " is invalid.");
    assertThat(saying.in(UKRAINIAN)).isEqualTo("JSON у файлі " + name + " пошкоджено.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "null", "7", "[]", "{}", "{\"key\": 7, \"parameters\": []}", "{\"key\": \"problem.scored\"}",
      "{\"key\": \"problem.scored\", \"parameters\": {}}", "{\"key\": \"problem.role\", \"parameters\": [null]}",
      "{\"key\": \"problem.role\", \"parameters\": [[\"x\"]]}", "{\"key\": \"problem.of.tomorrow\", \"parameters\": []}",
      "{\"key\": \"tomorrow.problem\", \"parameters\": []}", "{\"key\": \"\", \"parameters\": []}",
      "{\"key\": \"problem.file.broken\", \"parameters\": [{\"key\": \"problem.of.tomorrow\", \"parameters\": []}]}"})
  void whatIsNoSayingOfThisReleaseIsNotRead(String json) {
    assertThat(LocalizedMessages.read(json)).isEmpty();
  }

  @Test
  void nothingIsReadFromARowWithoutOne() {
    assertThat(LocalizedMessages.read(null)).isEmpty();
  }

  @Test
  void everyTextInItIsChangedAtAnyDepth() {
    LocalizedMessage loud = LocalizedMessage.of("problem.role", "a", LocalizedMessage.of("problem.role", "b", 7)).with(text -> text.toUpperCase(Locale.ROOT));
    assertThat(loud).isEqualTo(LocalizedMessage.of("problem.role", "A", LocalizedMessage.of("problem.role", "B", 7)));
    assertThat(Json.jsonb().fromJson(LocalizedMessages.json(loud), JsonObject.class).getJsonArray("parameters").getString(0)).isEqualTo("A");
  }
}
