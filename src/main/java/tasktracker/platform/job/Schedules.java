package tasktracker.platform.job;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.data.Database;
import tasktracker.platform.job.run.NodeMaintenance;

/** Enqueues recurring jobs at the times of cron expressions, each time once in the cluster. */
@ApplicationScoped
public class Schedules {

  private static final CronParser CRON = new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));

  /** With any delay, the notification is published by {@link NodeMaintenance} within a second. */
  private static final Duration NEXT_HEARTBEAT = Duration.ofMillis(1);

  private final Database database;
  private final JobStore jobStore;
  private final JobKinds kinds;

  @Inject
  public Schedules(Database database, JobStore jobStore, JobKinds kinds) {
    this.database = database;
    this.jobStore = jobStore;
    this.kinds = kinds;
  }

  /** A schedule. Times are UTC; the cron expression is evaluated in the zone. */
  public record Schedule(String name, String cron, String zone, String kind, String payload, boolean enabled,
      Instant nextAt, @Nullable Instant lastAt) {}

  /**
   * Creates or replaces the schedule with that name. If the cron expression has not changed, the next time stays the same.
   *
   * @param cron five fields; {@code 0 9 * * 1-5} is nine o'clock from Monday to Friday
   * @throws IllegalArgumentException when the expression is invalid or matches no time
   */
  @Transactional
  public void put(String name, String cron, ZoneId zone, Job job) {
    Instant next = next(cron, zone, now());
    database.run(h -> h.createUpdate("""
            insert into schedule as s (name, cron, zone, kind, payload, next_at)
            values (:name, :cron, :zone, :kind, :payload::jsonb, :next)
            on conflict (name) do update set kind = excluded.kind, payload = excluded.payload, cron = excluded.cron,
               zone = excluded.zone, next_at = case when s.cron = excluded.cron and s.zone = excluded.zone
                                                    then s.next_at else excluded.next_at end""")
        .bind("name", name).bind("cron", cron).bind("zone", zone.getId()).bind("kind", kinds.of(job).kind())
        .bind("payload", Payloads.write(job)).bind("next", next).execute());
  }

  /** The first time of the cron expression after that moment. */
  static Instant next(String cron, ZoneId zone, Instant after) {
    Optional<ZonedDateTime> next = ExecutionTime.forCron(CRON.parse(cron)).nextExecution(after.atZone(zone));
    return next.orElseThrow(() -> new IllegalArgumentException("The cron '" + cron + "' matches no time")).toInstant();
  }

  private Instant now() {
    return database.ask(h -> h.createQuery("select now()").mapTo(Instant.class).one());
  }

  /**
   * Enqueues the jobs of schedules that are due, and sets their next times. Times missed while no server ran are made up
   * for once. No job is enqueued while the one of the time before is unfinished.
   */
  @Transactional
  public void enqueueDue() {
    List<Schedule> due = database.ask(h -> h.createQuery("""
            select name, cron, zone, kind, payload::text as payload, enabled, next_at, last_at from schedule
             where enabled and next_at <= now() and kind = any(:kinds) for update skip locked""")
        .bindArray("kinds", String.class, kinds.names()).map(Database.to(Schedule.class)).list());
    due.forEach(this::enqueueDue);
  }

  private void enqueueDue(Schedule schedule) {
    JobKind kind = kinds.of(schedule.kind());
    JobStore.Entry entry = jobStore.add(kind, schedule.payload(), kind.queue(), "schedule:" + schedule.name(), NEXT_HEARTBEAT);
    database.run(h -> h.createUpdate(
        "update schedule set last_at = now(), last_job = :job, next_at = :next where name = :name")
        .bind("job", entry.id()).bind("next", next(schedule.cron(), ZoneId.of(schedule.zone()), now()))
        .bind("name", schedule.name()).execute());
  }

  /** Lists all schedules by name. */
  public List<Schedule> all() {
    return database.ask(h -> h.createQuery("""
            select name, cron, zone, kind, payload::text as payload, enabled, next_at, last_at from schedule order by name""")
        .map(Database.to(Schedule.class)).list());
  }
}
