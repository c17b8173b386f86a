package tasktracker.knowledge.version;

import jakarta.json.bind.annotation.JsonbTransient;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The difference of one field, word by word.
 *
 * @param type {@code added}, {@code removed} or {@code changed}
 * @param parts the words in order, with what was removed before what was added in its place
 */
public record FieldDiff(String type, String path, @Nullable String oldValue, @Nullable String newValue, List<Part> parts) {

  /** Above this number of words on a side, a text is compared as a whole, so that the cost stays bounded. */
  private static final int MAX_WORDS = 600;
  private static final Pattern WORD_ENDS = Pattern.compile("(?<=\\s)(?=\\S)");

  /** A run of words; sign is {@code =}, {@code -} or {@code +}. */
  public record Part(String sign, String text) {

    @JsonbTransient
    public boolean isAdded() {
      return sign.equals("+");
    }

    @JsonbTransient
    public boolean isRemoved() {
      return sign.equals("-");
    }
  }

  /** The fields that differ. */
  static List<FieldDiff> of(Map<String, String> before, Map<String, String> after) {
    Set<String> names = new LinkedHashSet<>(before.keySet());
    names.addAll(after.keySet());
    return names.stream().filter(name -> !java.util.Objects.equals(before.get(name), after.get(name)))
        .map(name -> of(name, before.get(name), after.get(name))).toList();
  }

  private static FieldDiff of(String name, @Nullable String before, @Nullable String after) {
    String type = before == null ? "added" : after == null ? "removed" : "changed";
    return new FieldDiff(type, name, before, after, compare(before == null ? "" : before, after == null ? "" : after));
  }

  static List<Part> compare(String before, String after) {
    String[] from = words(before);
    String[] to = words(after);
    List<Part> parts = new ArrayList<>();
    if (from.length > MAX_WORDS || to.length > MAX_WORDS) {
      append(parts, "-", before);
      append(parts, "+", after);
      return parts;
    }
    walk(from, to, lengths(from, to), parts);
    return parts;
  }

  private static String[] words(String text) {
    return text.isEmpty() ? new String[0] : WORD_ENDS.split(text);
  }

  /** The length of the longest common subsequence of each pair of ends. */
  private static int[][] lengths(String[] from, String[] to) {
    int[][] lengths = new int[from.length + 1][to.length + 1];
    for (int i = from.length - 1; i >= 0; i--) {
      for (int j = to.length - 1; j >= 0; j--) {
        lengths[i][j] = from[i].equals(to[j]) ? lengths[i + 1][j + 1] + 1 : Math.max(lengths[i + 1][j], lengths[i][j + 1]);
      }
    }
    return lengths;
  }

  private static void walk(String[] from, String[] to, int[][] lengths, List<Part> parts) {
    int i = 0;
    int j = 0;
    while (i < from.length && j < to.length) {
      if (from[i].equals(to[j])) {
        append(parts, "=", from[i++]);
        j++;
      } else if (lengths[i + 1][j] >= lengths[i][j + 1]) {
        append(parts, "-", from[i++]);
      } else {
        append(parts, "+", to[j++]);
      }
    }
    append(parts, "-", String.join("", Arrays.copyOfRange(from, i, from.length)));
    append(parts, "+", String.join("", Arrays.copyOfRange(to, j, to.length)));
  }

  private static void append(List<Part> parts, String sign, String text) {
    if (text.isEmpty()) {
      return;
    }
    Part last = parts.isEmpty() ? null : parts.getLast();
    if (last != null && last.sign().equals(sign)) {
      parts.set(parts.size() - 1, new Part(sign, last.text() + text));
    } else {
      parts.add(new Part(sign, text));
    }
  }
}
