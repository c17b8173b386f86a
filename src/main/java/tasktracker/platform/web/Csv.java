package tasktracker.platform.web;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes CSV (RFC 4180) in which no cell is interpreted as a formula. */
public final class Csv {

  private static final String FORMULA = "=+-@\t\r\n";

  private Csv() {}

  /** One line with its line break. */
  public static String line(@Nullable Object... cells) {
    return Arrays.stream(cells).map(c -> cell(c == null ? "" : c.toString())).collect(Collectors.joining(",", "", "\r\n"));
  }

  static String cell(String value) {
    // Spreadsheets interpret cells that begin with these characters as formulas; an apostrophe prevents it.
    String harmless = !value.isEmpty() && FORMULA.indexOf(value.charAt(0)) >= 0 ? "'" + value : value;
    return harmless.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r')
        ? '"' + harmless.replace("\"", "\"\"") + '"'
        : harmless;
  }
}
