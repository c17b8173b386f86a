package tasktracker.knowledge.builtin;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import tasktracker.scoring.model.SectionedFile;

/**
 * What was measured on labelled talk: the scores of ordinary messages by type, which give a score its rank in a small
 * chat, and the precision at each rank, which is shown as confidence.
 */
final class PrecisionTable {

  /** Decisions and actions in minutes of meetings. */
  static final String MINUTES = "minutes";
  /** The number of messages at which a chat's own ranks and those of the background have equal influence. */
  private static final double EQUAL_INFLUENCE = 150;

  private record Row(double rank, double precision) {}

  private static final class Shared {
    private static final PrecisionTable TABLE = new PrecisionTable();
  }

  private final Map<String, double[]> background = new HashMap<>();
  private final Map<String, List<Row>> precision = new HashMap<>();

  private PrecisionTable() {
    Map<String, List<String>> sections = SectionedFile.read("knowledge/precision.txt");
    for (Map.Entry<String, List<String>> section : sections.entrySet()) {
      String[] name = section.getKey().split("\\.");
      switch (name[0]) {
        case "background" -> background.put(name[1], numbers(section.getValue().getFirst()));
        case "precision" ->
          precision.put(name[1], section.getValue().stream().map(PrecisionTable::numbers).map(r -> new Row(r[0], r[1])).toList());
        default -> throw new IllegalStateException("knowledge/precision.txt has an unknown section " + section.getKey());
      }
    }
  }

  private static double[] numbers(String line) {
    return java.util.Arrays.stream(line.split("\\s+")).mapToDouble(Double::parseDouble).toArray();
  }

  /** The shared instance of this process. */
  static PrecisionTable shared() {
    return Shared.TABLE;
  }

  /**
   * The rank of a score, 0 to 1: among the scores of the chat and of the background.
   *
   * @param kind the type of atom, or {@link #MINUTES}
   * @param chat the scores of all messages of the chat for this kind, ascending
   */
  double rank(String kind, double score, double[] chat) {
    double own = chat.length == 0 ? 0 : shareBelow(chat, score);
    double general = shareBelow(Objects.requireNonNull(background.get(kind)), score);
    return (chat.length * own + EQUAL_INFLUENCE * general) / (chat.length + EQUAL_INFLUENCE);
  }

  private static double shareBelow(double[] ascending, double value) {
    int low = 0;
    int high = ascending.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (ascending[middle] < value) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return (double) low / ascending.length;
  }

  /** The precision that was measured at the rank: that of the highest row that it reaches; 0 below all rows. */
  double confidence(String kind, double rank) {
    double found = 0;
    for (Row row : Objects.requireNonNull(precision.get(kind))) {
      found = rank >= row.rank ? row.precision : found;
    }
    return found;
  }
}
