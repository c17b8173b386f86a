package tasktracker.message.feed;

import java.util.Arrays;
import java.util.Locale;
import tasktracker.message.Strength;

/** The order of the feed. Orders by strength omit messages without a score; spam comes below all others. */
public enum FeedOrder {
  NEWEST(false, true),
  OLDEST(false, false),
  HIGHEST(true, true),
  LOWEST(true, false);

  private final boolean isByScore;
  private final boolean descending;

  FeedOrder(boolean isByScore, boolean descending) {
    this.isByScore = isByScore;
    this.descending = descending;
  }

  /** Parses the name, in any case. */
  public static FeedOrder of(String name) {
    return Arrays.stream(values()).filter(o -> o.wire().equals(name.toLowerCase(Locale.ROOT))).findFirst()
        .orElseThrow(() -> new IllegalArgumentException(name));
  }

  /** Its name in URLs. */
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  public boolean isByScore() {
    return isByScore;
  }

  public boolean isDescending() {
    return descending;
  }

  /** The {@code order by} list over {@code m}, forwards or backwards. */
  String orderBy(boolean backwards) {
    String direction = descending != backwards ? " desc" : "";
    return (isByScore ? Strength.ORDER_SQL + direction + ", " : "") + "m.sent_at" + direction + ", m.id" + direction;
  }

  /** The condition that selects only rows after the cursor, or before it. */
  String cursorCondition(boolean backwards) {
    String sign = descending != backwards ? " < " : " > ";
    return isByScore
        ? "(" + Strength.ORDER_SQL + ", m.sent_at, m.id)" + sign + "(cast(:score as int), :sentAt, :id)"
        : "(m.sent_at, m.id)" + sign + "(:sentAt, :id)";
  }
}
