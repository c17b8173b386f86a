package tasktracker.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvTest {

  @ParameterizedTest
  @ValueSource(strings = {"=cmd|'/c calc'!A0", "+1+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1"})
  void noCellIsAFormula(String hostile) {
    assertThat(Csv.cell(hostile).replaceFirst("^\"", "")).startsWith("'");
  }

  @Test
  void cellsAreQuotedWhenNeeded() {
    assertThat(Csv.line("a", "b,c", "say \"hi\"", null, 7)).isEqualTo("a,\"b,c\",\"say \"\"hi\"\"\",,7\r\n");
  }
}
