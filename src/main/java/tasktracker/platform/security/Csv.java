package tasktracker.platform.security;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes tables for spreadsheets (RFC 4180) in which no cell is a formula, whatever somebody wrote into it. */
public final class Csv {

  private static final String FORMULA = "=+-@\t\r\n";

  private Csv() {}

  /** One line with its end. */
  public static String line(@Nullable Object... cells) {
    return Arrays.stream(cells).map(c -> cell(c == null ? "" : c.toString())).collect(Collectors.joining(",", "", "\r\n"));
  }

  static String cell(String value) {
    // Spreadsheets run what begins like this; an apostrophe makes it text.
    String harmless = !value.isEmpty() && FORMULA.indexOf(value.charAt(0)) >= 0 ? "'" + value : value;
    return harmless.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r')
        ? '"' + harmless.replace("\"", "\"\"") + '"' : harmless;
  }
}
