package tasktracker.message.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.IntFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.jupiter.api.Test;
import tasktracker.harness.Growth;

class MessageCsvTest {

  @ParameterizedTest
  @ValueSource(strings = {"=1+1", "+cmd", "-2", "@SUM(A1)", "\tx"})
  void aFormulaThatSomebodyWroteStaysAText(String formula) {
    assertThat(MessageCsv.cell(formula)).startsWith("'");
  }

  @Test
  void quotesCommasAndLinesStayInTheirCell() {
    assertThat(MessageCsv.cell("a \"b\", c\nd")).isEqualTo("\"a \"\"b\"\", c\nd\"");
    assertThat(MessageCsv.cell("=\"x\"")).isEqualTo("\"'=\"\"x\"\"\"");
  }

  @ParameterizedTest
  @MethodSource("tasktracker.harness.HostileTexts#all")
  void aCellCostsNoMoreThanItsTextIsLong(IntFunction<String> text) {
    Growth.assertLinear(20_000, text, MessageCsv::cell);
  }
}
