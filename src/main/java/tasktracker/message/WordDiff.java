package tasktracker.message;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** What changed between two texts, word by word: the longest common subsequence stays, the rest went or came. */
public final class WordDiff {

  private static final Pattern PIECE = Pattern.compile("\\s+|[\\p{L}\\p{N}_]+|[^\\s\\p{L}\\p{N}_]");
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
    List<String> old = pieces(before);
    List<String> young = pieces(after);
    if (old.size() > MOST_PIECES || young.size() > MOST_PIECES) {
      return List.of(new Change(Fate.GONE, before), new Change(Fate.NEW, after));
    }
    return walk(old, young, lengths(old, young));
  }

  private static List<String> pieces(String text) {
    return PIECE.matcher(text).results().map(MatchResult::group).toList();
  }

  /** Entry {@code [i][j]}: how long the longest common subsequence of the tails from i and j is. */
  private static int[][] lengths(List<String> old, List<String> young) {
    int[][] lengths = new int[old.size() + 1][young.size() + 1];
    for (int i = old.size() - 1; i >= 0; i--) {
      for (int j = young.size() - 1; j >= 0; j--) {
        lengths[i][j] = old.get(i).equals(young.get(j)) ? lengths[i + 1][j + 1] + 1
            : Math.max(lengths[i + 1][j], lengths[i][j + 1]);
      }
    }
    return lengths;
  }

  private static List<Change> walk(List<String> old, List<String> young, int[][] lengths) {
    List<Change> changes = new ArrayList<>();
    int i = 0;
    int j = 0;
    while (i < old.size() || j < young.size()) {
      if (i < old.size() && j < young.size() && old.get(i).equals(young.get(j))) {
        add(changes, Fate.SAME, young.get(j++));
        i++;
      } else if (j == young.size() || i < old.size() && lengths[i + 1][j] >= lengths[i][j + 1]) {
        add(changes, Fate.GONE, old.get(i++));
      } else {
        add(changes, Fate.NEW, young.get(j++));
      }
    }
    return changes;
  }

  private static void add(List<Change> changes, Fate fate, String text) {
    if (!changes.isEmpty() && changes.getLast().fate() == fate) {
      changes.set(changes.size() - 1, new Change(fate, changes.getLast().text() + text));
    } else {
      changes.add(new Change(fate, text));
    }
  }
}
