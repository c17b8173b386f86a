package tasktracker.knowledge.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tasktracker.platform.web.problem.Problem;

/** Icons and colours of topics. */
class TopicIconsTest {

  @ParameterizedTest
  @CsvSource({"Shopping list,cart", "BRAINSTORM of ideas,bulb", "Навчання команди,cap", "Budget 2027,currency",
      "Зустріч у понеділок,calendar",
      "Code review,code", "Розробка API,code", "Incident 812,flag", "Клієнти,user", "🚀,folder", "Sync of files,code",
      "Something else,folder"})
  void theFirstKeywordOfTheTextChoosesTheIcon(String text, String icon) {
    assertThat(TopicIcons.iconOf(text)).isEqualTo(icon);
  }

  @Test
  void everyIconHasAColour() {
    assertThat(TopicIcons.all()).hasSize(16).allSatisfy(icon -> {
      assertThat(TopicIcons.colorOf(icon)).matches("#[0-9A-F]{6}");
      assertThat(TopicIcons.requireIcon(icon)).isEqualTo(icon);
    });
    assertThat(TopicIcons.colorOf("unknown")).isEqualTo("#64748B");
  }

  @ParameterizedTest
  @CsvSource({"#64748b,#64748B", "abcdef,#ABCDEF", "' #ABCDEF ',#ABCDEF", "blue,#3B82F6", "Fuchsia,#D946EF", "' teal ',#14B8A6",
      "nonsense,#64748B"})
  void coloursAreReadByNumberAndName(String color, String parsed) {
    assertThat(TopicIcons.parseColor(color)).isEqualTo(parsed);
  }

  @ParameterizedTest
  @ValueSource(strings = {"#12345", "#1234567", "#GGGGGG", " #12", "#"})
  void aMalformedColourIsRefused(String color) {
    assertThatThrownBy(() -> TopicIcons.parseColor(color)).isInstanceOf(Problem.class);
  }

  @Test
  void anUnknownIconIsRefused() {
    assertThatThrownBy(() -> TopicIcons.requireIcon("rocket")).isInstanceOf(Problem.class);
  }
}
