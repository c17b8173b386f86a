package tasktracker.ops.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The figures behind a finding. Columns are named by their keys in the words: {@code system.column.…}. */
public record Evidence(List<String> columns, List<List<String>> rows) {

  public static final Evidence NONE = new Evidence(List.of(), List.of());
  private static final int LONGEST = 300;

  /** A table from what a query answered; its columns keep their order. */
  static Evidence of(List<Map<String, Object>> answers) {
    return answers.isEmpty() ? NONE
        : new Evidence(List.copyOf(answers.getFirst().keySet()), answers.stream().map(Evidence::row).toList());
  }

  /** Pairs of a name and a figure. */
  static Evidence pairs(Map<String, ?> figures) {
    return new Evidence(List.of("what", "figure"),
        figures.entrySet().stream().map(e -> List.of(e.getKey(), text(e.getValue()))).toList());
  }

  private static List<String> row(Map<String, Object> answer) {
    List<String> cells = new ArrayList<>();
    answer.values().forEach(value -> cells.add(text(value)));
    return cells;
  }

  private static String text(@org.jspecify.annotations.Nullable Object value) {
    String text = value == null ? "" : value.toString().strip().replaceAll("\\s+", " ");
    return text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
  }
}
