package tasktracker.search.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GroupedNumbersTest {

  @ParameterizedTest
  @CsvSource({"1 500, 1500", "12 345 678, 12345678", "1\u00A0500, 1500", "1\u202F500 грн, 1500", "1''500, ''"})
  void groupsOfThreeDigitsAreOneNumber(String text, String digits) {
    assertThat(GroupedNumbers.findAt(text, 0).map(GroupedNumbers.Grouped::digits).orElse("")).isEqualTo(digits);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1500", "1 50", "1 5000", "0 500", "1234 567", "1,500", "1  500", "1"})
  void otherDigitsAreNot(String text) {
    assertThat(GroupedNumbers.findAt(text, 0)).isEmpty();
  }

  @Test
  void groupsHaveOneSeparator() {
    assertThat(GroupedNumbers.findAt("1 500'000", 0)).contains(new GroupedNumbers.Grouped(5, "1500"));
  }
}
