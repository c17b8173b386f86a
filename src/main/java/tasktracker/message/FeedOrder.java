package tasktracker.message;

import java.util.Arrays;
import java.util.Locale;

/** In which order the feed is read. By importance, messages without a score are left out. */
public enum FeedOrder {
  NEWEST(false, true),
  OLDEST(false, false),
  HIGHEST(true, true),
  LOWEST(true, false);

  private final boolean byScore;
  private final boolean descending;

  FeedOrder(boolean byScore, boolean descending) {
    this.byScore = byScore;
    this.descending = descending;
  }

  /** The order of that name, any case. */
  public static FeedOrder of(String name) {
    return Arrays.stream(values()).filter(o -> o.wire().equals(name.toLowerCase(Locale.ROOT))).findFirst()
        .orElseThrow(() -> new IllegalArgumentException(name));
  }

  /** Its name in addresses. */
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  public boolean isByScore() {
    return byScore;
  }

  public boolean isDescending() {
    return descending;
  }

  /** The columns to order {@code m} by, forwards or backwards. */
  String columns(boolean backwards) {
    String direction = descending != backwards ? " desc" : "";
    return (byScore ? "m.importance_score" + direction + ", " : "") + "m.sent_at" + direction + ", m.id" + direction;
  }

  /** The condition that leaves only what comes after the cursor, or before it. */
  String beyond(boolean backwards) {
    String sign = descending != backwards ? " < " : " > ";
    // The score is a real: compared as anything wider, its index would not be used.
    return byScore ? "(m.importance_score, m.sent_at, m.id)" + sign + "(cast(:score as real), :sentAt, :id)"
        : "(m.sent_at, m.id)" + sign + "(:sentAt, :id)";
  }
}
