package tasktracker.knowledge.extraction;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.web.LocalizedMessage;
import tasktracker.platform.web.problem.Problem;

/** Starts runs that people and programs ask for. */
@ApplicationScoped
public class ExtractionStart {

  private static final int MAX_IDS = 100;
  private static final Map<String, Duration> PERIODS = Map.of("last_24h", Duration.ofHours(24), "last_7d", Duration.ofDays(7), "last_30d",
      Duration.ofDays(30));

  private final ExtractionRuns runs;
  private final Clock clock;

  @Inject
  public ExtractionStart(ExtractionRuns runs, Clock clock) {
    this.runs = runs;
    this.clock = clock;
  }

  /**
   * Starts a run over these messages.
   *
   * @return the id of the run
   * @throws Problem 422 for no or more than 100 messages, 409 while another requested run is active
   */
  public UUID overMessages(List<UUID> ids, String by) {
    if (ids.isEmpty() || ids.size() > MAX_IDS) {
      throw Problem.unprocessable(LocalizedMessage.of("problem.extraction.ids", MAX_IDS));
    }
    return create(RunSelection.of(ids.stream().distinct().toList()), by);
  }

  /**
   * Starts a run over a period.
   *
   * @param period {@code last_24h}, {@code last_7d}, {@code last_30d}, {@code custom} with both times, or {@code all}
   * @param topic only messages of this topic, or null
   * @return the id of the run
   * @throws Problem 400 for a wrong period or when no message is selected, 409 while another requested run is active
   */
  public UUID overPeriod(String period, @Nullable Instant from, @Nullable Instant until, @Nullable UUID topic, String by) {
    Instant now = clock.instant();
    if (period.equals("custom")) {
      if (from == null || until == null || from.isAfter(now) || until.isAfter(now) || !from.isBefore(until)) {
        throw Problem.badRequest(LocalizedMessage.of("problem.extraction.dates"));
      }
      return create(new RunSelection(List.of(), from, until, topic, true), by);
    }
    Duration length = PERIODS.get(period);
    if (length == null && !period.equals("all")) {
      throw Problem.badRequest(LocalizedMessage.of("problem.extraction.period"));
    }
    return create(new RunSelection(List.of(), length == null ? null : now.minus(length), null, topic, true), by);
  }

  private UUID create(RunSelection selection, String by) {
    return runs.create(RunTrigger.API, selection, by).orElseThrow(() -> runs.findActive(RunTrigger.API).isPresent()
        ? Problem.conflict(LocalizedMessage.of("problem.extraction.active"))
        : Problem.badRequest(LocalizedMessage.of("problem.extraction.nothing")));
  }
}
