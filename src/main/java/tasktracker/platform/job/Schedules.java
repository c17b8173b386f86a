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

/** What is done again and again, at times told by cron. Each time comes once in the whole cluster. */
@ApplicationScoped
public class Schedules {

  private static final CronParser CRON = new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));

  /** Any delay leaves the ticket to the reaper, which hands it out a second later. */
  private static final Duration AT_NEXT_BEAT = Duration.ofMillis(1);

  private final Database database;
  private final JobLedger ledger;
  private final JobKinds kinds;

  @SuppressWarnings("NullAway")
  protected Schedules() {
    this(null, null, null); // for the container's proxy
  }

  @Inject
  public Schedules(Database database, JobLedger ledger, JobKinds kinds) {
    this.database = database;
    this.ledger = ledger;
    this.kinds = kinds;
  }

  /** A row of the table; times are UTC, the cron is read in the zone. */
  public record Schedule(String name, String cron, String zone, String kind, String payload, boolean enabled,
      Instant nextAt, @Nullable Instant lastAt) {}

  /**
   * Has the job done at the times of the cron from now on; replaces what the name stood for. An unchanged cron keeps
   * its next time.
   *
   * @param cron five fields; {@code 0 9 * * 1-5} is nine o'clock on working days
   * @throws IllegalArgumentException when the cron cannot be read or never comes
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

  /** The first time of the cron after that moment. */
  static Instant next(String cron, ZoneId zone, Instant after) {
    Optional<ZonedDateTime> next = ExecutionTime.forCron(CRON.parse(cron)).nextExecution(after.atZone(zone));
    return next.orElseThrow(() -> new IllegalArgumentException("The cron '" + cron + "' never comes")).toInstant();
  }

  private Instant now() {
    return database.ask(h -> h.createQuery("select now()").mapTo(Instant.class).one());
  }

  /**
   * Enqueues the jobs of schedules that have come due, and sets their next time. Times that passed while no server ran
   * come once, not each; a job of the last time that still lives is not doubled.
   */
  @Transactional
  public void fire() {
    List<Schedule> due = database.ask(h -> h.createQuery("""
            select name, cron, zone, kind, payload::text as payload, enabled, next_at, last_at from schedule
             where enabled and next_at <= now() and kind = any(:kinds) for update skip locked""")
        .bindArray("kinds", String.class, kinds.names()).map(Database.to(Schedule.class)).list());
    due.forEach(this::fire);
  }

  private void fire(Schedule schedule) {
    JobKind work = kinds.of(schedule.kind());
    JobLedger.Entry entry = ledger.add(work, schedule.payload(), work.queue(), "schedule:" + schedule.name(), AT_NEXT_BEAT);
    database.run(h -> h.createUpdate(
            "update schedule set last_at = now(), last_job = :job, next_at = :next where name = :name")
        .bind("job", entry.id()).bind("next", next(schedule.cron(), ZoneId.of(schedule.zone()), now()))
        .bind("name", schedule.name()).execute());
  }

  /** All schedules by name. */
  public List<Schedule> all() {
    return database.ask(h -> h.createQuery("""
            select name, cron, zone, kind, payload::text as payload, enabled, next_at, last_at from schedule order by name""")
        .map(Database.to(Schedule.class)).list());
  }
}
