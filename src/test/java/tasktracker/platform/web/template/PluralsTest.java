package tasktracker.platform.web.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PluralsTest {

  private static final Locale UKRAINIAN = Locale.forLanguageTag("uk");

  @ParameterizedTest
  @CsvSource({"0,задач", "1,задача", "2,задачі", "4,задачі", "5,задач", "11,задач", "12,задач", "21,задача", "22,задачі",
      "111,задач", "112,задач", "101,задача"})
  void ukrainianHasThreeForms(long n, String form) {
    assertThat(Plurals.format("{0#задача|задачі|задач}", UKRAINIAN, n)).isEqualTo(form);
  }

  @Test
  void englishHasTwoForms() {
    assertThat(Plurals.format("{0} {0#message|messages}", Locale.ENGLISH, 1)).isEqualTo("1 message");
    assertThat(Plurals.format("{0} {0#message|messages}", Locale.ENGLISH, 0)).isEqualTo("0 messages");
    assertThat(Plurals.format("{0} {0#message|messages}", Locale.ENGLISH, 1204)).isEqualTo("1,204 messages");
  }

  @Test
  void aParameterWithBracesStaysText() {
    assertThat(Plurals.format("by {0}", Locale.ENGLISH, "{1} 'x'")).isEqualTo("by {1} 'x'");
  }

  @Test
  void apostrophesAreDoubledInEveryPattern() {
    assertThat(Plurals.format("don''t", Locale.ENGLISH)).isEqualTo("don't");
    assertThat(Plurals.format("don''t {0}", Locale.ENGLISH, "go")).isEqualTo("don't go");
  }
}
