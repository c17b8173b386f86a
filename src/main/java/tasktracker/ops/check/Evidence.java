package tasktracker.ops.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Data of a finding as a table. Column names are translated by the keys {@code system.column.…}. */
public record Evidence(List<String> columns, List<List<String>> rows) {

  public static final Evidence NONE = new Evidence(List.of(), List.of());
  private static final int MAX_LENGTH = 300;

  /** A table from the result of a query, with its columns in order. */
  static Evidence of(List<Map<String, Object>> result) {
    return result.isEmpty()
        ? NONE
        : new Evidence(List.copyOf(result.getFirst().keySet()), result.stream().map(Evidence::row).toList());
  }

  /** A table of names and values. */
  static Evidence pairs(Map<String, ?> figures) {
    return new Evidence(List.of("what", "figure"),
        figures.entrySet().stream().map(e -> List.of(e.getKey(), text(e.getValue()))).toList());
  }

  private static List<String> row(Map<String, Object> line) {
    List<String> cells = new ArrayList<>();
    line.values().forEach(value -> cells.add(text(value)));
    return cells;
  }

  private static String text(@org.jspecify.annotations.Nullable Object value) {
    String text = value == null ? "" : value.toString().strip().replaceAll("\\s+", " ");
    return text.length() > MAX_LENGTH ? text.substring(0, MAX_LENGTH) + "…" : text;
  }
}
