package tasktracker.message;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import tasktracker.platform.web.Deadline;

/**
 * What changed between two texts, word by word: the longest common subsequence stays, the rest went or came. The cost is
 * the product of their words, of which there are no more than 1,500 each.
 */
public final class WordDiff {

  static final Pattern PIECE = Pattern.compile("\\s++|[\\p{L}\\p{N}_]++|[^\\s\\p{L}\\p{N}_]");
  /** Longer texts are told as a whole, old and new: the table below grows with the product of both. */
  private static final int MOST_PIECES = 1500;

  private WordDiff() {}

  /** What became of a piece of text. */
  public enum Fate {
    SAME,
    GONE,
    NEW
  }

  /** A run of text with one fate. */
  public record Change(Fate fate, String text) {}

  /** The runs that lead from the old text to the new one, in order. */
  public static List<Change> between(String before, String after) {
    return between(before, after, Deadline.ofRendering());
  }

  /**
   * The same.
   *
   * @throws tasktracker.platform.web.Problem 503 when the deadline is missed
   */
  static List<Change> between(String before, String after, Deadline deadline) {
    List<String> old = pieces(before, deadline);
    List<String> young = pieces(after, deadline);
    if (old.size() > MOST_PIECES || young.size() > MOST_PIECES) {
      return List.of(new Change(Fate.GONE, before), new Change(Fate.NEW, after));
    }
    return walk(old, young, lengths(old, young, deadline));
  }

  /** The pieces of a text; of one that has too many, one more than are compared. */
  private static List<String> pieces(String text, Deadline deadline) {
    return PIECE.matcher(deadline.guard(text)).results().limit(MOST_PIECES + 1L).map(MatchResult::group).toList();
  }

  /** Entry {@code [i][j]}: how long the longest common subsequence of the tails from i and j is. */
  private static int[][] lengths(List<String> old, List<String> young, Deadline deadline) {
    int[][] lengths = new int[old.size() + 1][young.size() + 1];
    for (int i = old.size() - 1; i >= 0; i--) {
      deadline.check();
      for (int j = young.size() - 1; j >= 0; j--) {
        lengths[i][j] = old.get(i).equals(young.get(j)) ? lengths[i + 1][j + 1] + 1
            : Math.max(lengths[i + 1][j], lengths[i][j + 1]);
      }
    }
    return lengths;
  }

  private static List<Change> walk(List<String> old, List<String> young, int[][] lengths) {
    Runs runs = new Runs();
    int i = 0;
    int j = 0;
    while (i < old.size() || j < young.size()) {
      if (i < old.size() && j < young.size() && old.get(i).equals(young.get(j))) {
        runs.add(Fate.SAME, young.get(j++));
        i++;
      } else if (j == young.size() || i < old.size() && lengths[i + 1][j] >= lengths[i][j + 1]) {
        runs.add(Fate.GONE, old.get(i++));
      } else {
        runs.add(Fate.NEW, young.get(j++));
      }
    }
    return runs.closed();
  }

  /** Joins pieces of one fate that follow each other. */
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
