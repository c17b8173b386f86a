package tasktracker.message.feed;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import tasktracker.platform.web.Deadline;

/**
 * The difference between two texts, word by word, by their longest common subsequence. The cost is the product of their
 * numbers of words, at most 1,500 each.
 */
public final class WordDiff {

  static final Pattern PIECE = Pattern.compile("\\s++|[\\p{L}\\p{N}_]++|[^\\s\\p{L}\\p{N}_]");
  /** Texts with more pieces are shown as fully replaced, because the table grows with the product of both. */
  private static final int MAX_PIECES = 1500;

  private WordDiff() {}

  /** Whether a piece of text was kept, removed or added. */
  public enum Fate {
    SAME,
    GONE,
    NEW
  }

  /** A sequence of pieces with one fate. */
  public record Change(Fate fate, String text) {}

  /** The changes from the old text to the new one, in order. */
  public static List<Change> between(String before, String after) {
    return between(before, after, Deadline.ofRendering());
  }

  /**
   * The changes from the old text to the new one, in order.
   *
   * @throws tasktracker.platform.web.problem.Problem 503 when the deadline is missed
   */
  static List<Change> between(String before, String after, Deadline deadline) {
    List<String> older = pieces(before, deadline);
    List<String> newer = pieces(after, deadline);
    if (older.size() > MAX_PIECES || newer.size() > MAX_PIECES) {
      return List.of(new Change(Fate.GONE, before), new Change(Fate.NEW, after));
    }
    return walk(older, newer, lengths(older, newer, deadline));
  }

  /** The pieces of a text, at most one more than are compared. */
  private static List<String> pieces(String text, Deadline deadline) {
    return PIECE.matcher(deadline.guard(text)).results().limit(MAX_PIECES + 1L).map(MatchResult::group).toList();
  }

  /** Entry {@code [i][j]}: how long the longest common subsequence of the tails from i and j is. */
  private static int[][] lengths(List<String> older, List<String> newer, Deadline deadline) {
    int[][] lengths = new int[older.size() + 1][newer.size() + 1];
    for (int i = older.size() - 1; i >= 0; i--) {
      deadline.check();
      for (int j = newer.size() - 1; j >= 0; j--) {
        lengths[i][j] = older.get(i).equals(newer.get(j))
            ? lengths[i + 1][j + 1] + 1
            : Math.max(lengths[i + 1][j], lengths[i][j + 1]);
      }
    }
    return lengths;
  }

  private static List<Change> walk(List<String> older, List<String> newer, int[][] lengths) {
    Runs runs = new Runs();
    int i = 0;
    int j = 0;
    while (i < older.size() || j < newer.size()) {
      if (i < older.size() && j < newer.size() && older.get(i).equals(newer.get(j))) {
        runs.add(Fate.SAME, newer.get(j++));
        i++;
      } else if (j == newer.size() || i < older.size() && lengths[i + 1][j] >= lengths[i][j + 1]) {
        runs.add(Fate.GONE, older.get(i++));
      } else {
        runs.add(Fate.NEW, newer.get(j++));
      }
    }
    return runs.closed();
  }

  /** Concatenates adjacent pieces of one fate. */
  private static final class Runs {
    private final List<Change> changes = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private Fate fate = Fate.SAME;

    void add(Fate next, String piece) {
      if (next != fate) {
        close();
        fate = next;
      }
      text.append(piece);
    }

    private void close() {
      if (!text.isEmpty()) {
        changes.add(new Change(fate, text.toString()));
        text.setLength(0);
      }
    }

    List<Change> closed() {
      close();
      return changes;
    }
  }
}
