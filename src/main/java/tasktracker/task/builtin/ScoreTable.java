package tasktracker.task.builtin;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import tasktracker.scoring.model.SectionedFile;

/** The precision that was measured on labelled talk at each score, which is shown as confidence; see docs/tasks.md. */
final class ScoreTable {

  private static final String CHAT = "chat";
  private static final String MEETING = "meeting";

  /** @param precision the share of right ones from this score to that of the next row */
  private record Row(double score, double precision) {}

  private static final Map<String, List<String>> SECTIONS = SectionedFile.read("tasks/precision.txt");
  private static final List<Row> CHATS = read(CHAT);
  private static final List<Row> MEETINGS = read(MEETING);

  private ScoreTable() {}

  private static List<Row> read(String section) {
    return Objects.requireNonNull(SECTIONS.get(section)).stream()
        .map(line -> Arrays.stream(line.split("\\s+")).map(Double::valueOf).toList()).map(row -> new Row(row.get(0), row.get(1))).toList();
  }

  /** The precision of the highest row that the score reaches, 0 below all rows. */
  static double confidence(double score, boolean isMeeting) {
    double found = 0;
    for (Row row : isMeeting ? MEETINGS : CHATS) {
      found = score >= row.score ? row.precision : found;
    }
    return found;
  }
}
