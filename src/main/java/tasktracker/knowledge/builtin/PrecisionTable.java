package tasktracker.knowledge.builtin;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import tasktracker.knowledge.analyst.AtomType;
import tasktracker.scoring.model.SectionedFile;

/**
 * What was measured on labelled talk: the scores of ordinary messages by type, which give a score its rank in a small
 * chat, and the precision at each rank, which is shown as confidence.
 */
final class PrecisionTable {

  /** The number of messages at which a chat's own ranks and those of the background have equal influence. */
  private static final double EQUAL_INFLUENCE = 150;

  private record Row(double rank, double precision) {}

  private static final class Shared {
    private static final PrecisionTable TABLE = new PrecisionTable();
  }

  private final Map<AtomType, double[]> background = new EnumMap<>(AtomType.class);
  private final Map<AtomType, List<Row>> precision = new EnumMap<>(AtomType.class);

  private PrecisionTable() {
    Map<String, List<String>> sections = SectionedFile.read("knowledge/precision.txt");
    for (AtomType type : AtomType.values()) {
      background.put(type, numbers(Objects.requireNonNull(sections.get("background." + type.wire())).getFirst()));
      List<Row> rows = new ArrayList<>();
      for (String line : Objects.requireNonNull(sections.get("precision." + type.wire()))) {
        double[] row = numbers(line);
        rows.add(new Row(row[0], row[1]));
      }
      precision.put(type, rows);
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
   * @param chat the scores of all messages of the chat for this type, ascending
   */
  double rank(AtomType type, double score, double[] chat) {
    double own = chat.length == 0 ? 0 : shareBelow(chat, score);
    double general = shareBelow(Objects.requireNonNull(background.get(type)), score);
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
  double confidence(AtomType type, double rank) {
    double found = 0;
    for (Row row : Objects.requireNonNull(precision.get(type))) {
      found = rank >= row.rank ? row.precision : found;
    }
    return found;
  }
}
