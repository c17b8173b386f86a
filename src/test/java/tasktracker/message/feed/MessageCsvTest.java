package tasktracker.message.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.util.function.IntFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.jupiter.api.Test;
import tasktracker.harness.Growth;
import tasktracker.platform.web.TimeZones;
import tasktracker.platform.web.ValueFormats;

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

  @Test
  void timesHaveTheOffsetOfTheZone() {
    var kathmandu = new ValueFormats(ZoneId.of("Asia/Kathmandu"));
    assertThat(MessageCsv.cell(kathmandu.precise(Instant.parse("2026-03-28T18:20:00Z")))).isEqualTo("2026-03-29T00:05:00+05:45");
    assertThat(new ValueFormats(TimeZones.UTC).precise(Instant.parse("2026-03-28T18:20:00Z"))).isEqualTo("2026-03-28T18:20:00Z");
  }

  @ParameterizedTest
  @MethodSource("tasktracker.harness.HostileTexts#all")
  void aCellCostsNoMoreThanItsTextIsLong(IntFunction<String> text) {
    Growth.assertLinear(20_000, text, MessageCsv::cell);
  }
}
