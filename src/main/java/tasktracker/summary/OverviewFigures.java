package tasktracker.summary;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The figures at the top of the overview.
 *
 * @param now number of messages of each class in the period, and {@code all}
 * @param before the same of the period before it
 */
public record OverviewFigures(Period period, Map<String, Long> now, Map<String, Long> before) {

  private static final String ALL = "all";
  private static final List<String> ALWAYS = List.of(ALL, "signal", "weak_signal", "noise");
  private static final List<String> IF_ANY = List.of("spam", "unscored");

  /**
   * One figure, which leads to its messages.
   *
   * @param change in percent of the period before; null when there was nothing to compare with
   */
  public record Figure(String labelKey, String icon, String href, long messages, long before, @Nullable Long change) {}

  /** Number of messages to review. */
  public long weak() {
    return now.getOrDefault("weak_signal", 0L);
  }

  /** Whether the period has no messages. */
  public boolean isQuiet() {
    return now.getOrDefault(ALL, 0L) == 0;
  }

  /** Whether there is a period before this one. */
  public boolean isComparable() {
    return !period.name().equals(ALL);
  }

  /** The figures that are shown: all and the three classes of the scale always, others when there are messages of them. */
  public List<Figure> shown() {
    return Stream.concat(ALWAYS.stream(), IF_ANY.stream().filter(now::containsKey)).map(this::figure).toList();
  }

  private Figure figure(String name) {
    long messages = now.getOrDefault(name, 0L);
    long was = before.getOrDefault(name, 0L);
    Long change = was == 0 ? null : (messages - was) * 100 / was;
    return name.equals(ALL)
        ? new Figure("overview.messages", "messages", "/messages?" + period.query(), messages, was, change)
        : new Figure("shell.class." + name, icon(name), "/messages?class=" + name + "&" + period.query(), messages, was, change);
  }

  private static String icon(String name) {
    return name.equals("noise") ? "noise-class" : name;
  }
}
