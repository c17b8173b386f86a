package tasktracker.knowledge.builtin;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import tasktracker.scoring.model.SectionedFile;

/**
 * The precision that was measured on labelled talk at each rank, which is shown as confidence. Sentences of chats are
 * ranked by the probability of their type, lines of minutes by their form; see docs/knowledge.md.
 */
final class PrecisionTable {

  static final String CHAT = "chat";
  static final String MINUTES = "minutes";

  /**
   * A row of the table.
   *
   * @param score the least score of this rank
   * @param precision the share of right ones from this score to that of the next row
   */
  private record Row(double score, double precision) {}

  private static final class Shared {
    private static final PrecisionTable TABLE = new PrecisionTable();
  }

  private final Map<String, List<String>> sections = SectionedFile.read("knowledge/precision.txt");
  private final List<Row> chat = read(CHAT);
  private final List<Row> minutes = read(MINUTES);

  private List<Row> read(String section) {
    return Objects.requireNonNull(sections.get(section)).stream()
        .map(line -> Arrays.stream(line.split("\\s+")).map(Double::valueOf).toList())
        .map(row -> new Row(row.get(0), row.get(1))).toList();
  }

  /** The shared instance of this process. */
  static PrecisionTable shared() {
    return Shared.TABLE;
  }

  /** The precision at this score: that of the highest row that it reaches, 0 below all rows. */
  double confidence(String kind, double score) {
    double found = 0;
    for (Row row : kind.equals(MINUTES) ? minutes : chat) {
      found = score >= row.score ? row.precision : found;
    }
    return found;
  }
}
