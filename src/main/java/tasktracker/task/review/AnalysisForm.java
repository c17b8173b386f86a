package tasktracker.task.review;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.web.LocalizedMessage;
import tasktracker.platform.web.problem.Problem;
import tasktracker.platform.web.query.DateParser;
import tasktracker.platform.web.query.Query;
import tasktracker.task.analysis.AnalysisSelection;

/**
 * The form that starts a run: a preset window or two days of one's own.
 *
 * @param from the first day, for a custom window
 * @param until the last day, for a custom window
 */
public record AnalysisForm(String window, @Nullable String from, @Nullable String until, @Nullable UUID project, boolean isProjectOnly,
    boolean includesNoise) {

  static final List<String> WINDOWS = List.of("last_24h", "last_7d", "last_30d", "custom");
  private static final Map<String, Duration> PRESETS = Map.of("last_24h", Duration.ofHours(24), "last_7d", Duration.ofDays(7), "last_30d",
      Duration.ofDays(30));
  private static final int MAX_DATE = 40;

  /** @throws Problem 400 for a value that is not understood */
  static AnalysisForm read(Query query) {
    return new AnalysisForm(query.one("window", Set.copyOf(WINDOWS), "last_7d"), query.text("from", MAX_DATE),
        query.text("until", MAX_DATE),
        query.id("project"), query.text("project_only", 5) != null, query.text("noise", 5) != null);
  }

  /**
   * The messages that are meant.
   *
   * @param zone in which days begin
   * @throws Problem 400 for a custom window without both days, or that ends before it starts
   */
  AnalysisSelection selection(Instant now, ZoneId zone) {
    Duration length = PRESETS.get(window);
    return length == null ? custom(zone) : select(now.minus(length), now);
  }

  private AnalysisSelection custom(ZoneId zone) {
    try {
      if (from != null && until != null) {
        // The end of a day is the start of the next, which does not belong to the window.
        return select(DateParser.parseStart(from, zone), DateParser.parseEnd(until, zone).minusMillis(1));
      }
    } catch (DateTimeParseException e) {
      // Told below.
    }
    throw Problem.badRequest(LocalizedMessage.of("problem.analysis.window"));
  }

  private AnalysisSelection select(Instant first, Instant last) {
    return new AnalysisSelection(first, last, project, isProjectOnly && project != null, includesNoise);
  }
}
