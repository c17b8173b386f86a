package tasktracker.platform.job;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.data.Database;
import tasktracker.platform.data.Ids;
import tasktracker.platform.trace.CurrentTrace;

/** The table of all jobs, as those see it who hand in work and who decide about it. */
@ApplicationScoped
public class JobLedger {

  private final Database database;

  protected JobLedger() {
    this.database = null; // for the container's proxy
  }

  @Inject
  public JobLedger(Database database) {
    this.database = database;
  }

  /**
   * A job in the ledger after somebody handed it in.
   *
   * @param isNew false when a living job with the same key was there before
   */
  record Entry(UUID id, boolean isNew) {}

  /** Writes the job into the ledger, inside the caller's transaction; a living job with the same key stays the only one. */
  Entry add(JobKind work, String payload, Queue queue, @Nullable String uniqueKey, Duration delay) {
    for (int tries = 0; tries < 5; tries++) {
      Optional<UUID> added = insert(work, payload, queue, uniqueKey, delay);
      if (added.isPresent()) {
        return new Entry(added.get(), true);
      }
      Optional<UUID> living = living(String.valueOf(uniqueKey));
      if (living.isPresent()) {
        return new Entry(living.get(), false);
      }
    }
    throw new IllegalStateException("The job with key " + uniqueKey + " comes and goes; try again");
  }

  private Optional<UUID> insert(JobKind work, String payload, Queue queue, @Nullable String key, Duration delay) {
    return database.ask(h -> h.createQuery("""
            insert into job (id, kind, queue, payload, unique_key, max_attempts, trace_origin, run_at, ticketed_at)
            values (:id, :kind, :queue, :payload::jsonb, :key, :attempts, :origin, now() + :delay * interval '1 millisecond',
                    case when :delay = 0 then now() end)
            on conflict (unique_key) where unique_key is not null and state in ('queued', 'running', 'retryable', 'snoozed')
            do nothing returning id""")
        .bind("id", Ids.next()).bind("kind", work.kind()).bind("queue", queue.wire()).bind("payload", payload)
        .bind("key", key).bind("attempts", work.attempts())
        .bindByType("origin", CurrentTrace.present(), String.class).bind("delay", delay.toMillis())
        .mapTo(UUID.class).findOne());
  }

  private Optional<UUID> living(String key) {
    return database.ask(h -> h.createQuery("""
        select id from job where unique_key = :key and state in ('queued', 'running', 'retryable', 'snoozed')""")
        .bind("key", key).mapTo(UUID.class).findOne());
  }

  /**
   * Cancels a waiting job at once and asks a running one to stop.
   *
   * @param by who wants it, for the ledger; null when the product itself does
   * @return the state the job is in now; empty when it had ended before
   */
  public Optional<String> cancel(UUID job, @Nullable String by) {
    return database.ask(h -> h.createQuery("""
            update job set state = case state when 'running' then 'running' else 'cancelled' end,
                   finished_at = case state when 'running' then null else now() end,
                   cancel_requested_at = coalesce(cancel_requested_at, now()),
                   decided_by = coalesce(:by, decided_by), decided_at = case when :by is null then decided_at else now() end
             where id = :id and state in ('queued', 'retryable', 'snoozed', 'running')
            returning state""")
        .bind("id", job).bindByType("by", by, String.class).mapTo(String.class).findOne());
  }

  /** How many jobs wait, run or are dead. */
  public record Counts(long queued, long running, long retryable, long snoozed, long dead) {

    static Counts of(Map<String, Long> byState) {
      return new Counts(byState.getOrDefault("queued", 0L), byState.getOrDefault("running", 0L),
          byState.getOrDefault("retryable", 0L), byState.getOrDefault("snoozed", 0L), byState.getOrDefault("dead", 0L));
    }

    /** Jobs that have not ended. */
    public long living() {
      return queued + running + retryable + snoozed;
    }
  }

  /** Counts over all queues. Reads the indexes of living and dead jobs only, so it is quick however long the past is. */
  public Counts counts() {
    return Counts.of(database.ask(h -> h.createQuery("""
            select state, count(*) as jobs from job where state in ('queued', 'retryable', 'snoozed') group by state
            union all select 'running', count(*) from job where state = 'running'
            union all select 'dead', count(*) from job where state = 'dead'""")
        .reduceRows(new java.util.HashMap<String, Long>(), (map, row) -> {
          map.put(row.getColumn("state", String.class), row.getColumn("jobs", Long.class));
          return map;
        })));
  }
}
