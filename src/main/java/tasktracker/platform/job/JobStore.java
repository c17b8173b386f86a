package tasktracker.platform.job;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.data.Database;
import tasktracker.platform.data.Ids;
import tasktracker.platform.trace.Traceparent;

/** The table of all jobs: enqueues, cancels and counts them. */
@ApplicationScoped
public class JobStore {

  private final Database database;

  @Inject
  public JobStore(Database database) {
    this.database = database;
  }

  /**
   * A job in the job table.
   *
   * @param isNew false when an unfinished job with the same key was there before
   */
  record Entry(UUID id, boolean isNew) {}

  /** Adds a job inside the caller's transaction, unless an unfinished job has the same key. */
  Entry add(JobKind kind, String payload, Queue queue, @Nullable String uniqueKey, Duration delay) {
    for (int attempt = 0; attempt < 5; attempt++) {
      Optional<UUID> added = insert(kind, payload, queue, uniqueKey, delay);
      if (added.isPresent()) {
        return new Entry(added.get(), true);
      }
      Optional<UUID> unfinished = unfinished(String.valueOf(uniqueKey));
      if (unfinished.isPresent()) {
        return new Entry(unfinished.get(), false);
      }
    }
    throw new IllegalStateException("The job with key " + uniqueKey + " is created and finished repeatedly; try again");
  }

  private Optional<UUID> insert(JobKind kind, String payload, Queue queue, @Nullable String key, Duration delay) {
    return database.ask(h -> h.createQuery("""
            insert into job (id, kind, queue, payload, unique_key, max_attempts, trace_origin, run_at, ticketed_at)
            values (:id, :kind, :queue, :payload::jsonb, :key, :attempts, :origin, now() + :delay * interval '1 millisecond',
                    case when :delay = 0 then now() end)
            on conflict (unique_key) where unique_key is not null and state in <unfinished>
            do nothing returning id""").define("unfinished", JobState.UNFINISHED_SQL)
        .bind("id", Ids.next()).bind("kind", kind.kind()).bind("queue", queue.wire()).bind("payload", payload)
        .bind("key", key).bind("attempts", kind.attempts())
        .bindByType("origin", Traceparent.current(), String.class).bind("delay", delay.toMillis())
        .mapTo(UUID.class).findOne());
  }

  private Optional<UUID> unfinished(String key) {
    return database.ask(h -> h.createQuery("""
        select id from job where unique_key = :key and state in <unfinished>""").define("unfinished", JobState.UNFINISHED_SQL)
        .bind("key", key).mapTo(UUID.class).findOne());
  }

  /**
   * Cancels a waiting job at once and asks a running one to stop.
   *
   * @param by the actor; null for the product itself
   * @return the new state of the job; empty when it had finished before
   */
  public Optional<JobState> cancel(UUID job, @Nullable String by) {
    return database.ask(h -> h.createQuery("""
            update job set state = case state when 'running' then 'running' else 'cancelled' end,
                   finished_at = case state when 'running' then null else now() end,
                   cancel_requested_at = coalesce(cancel_requested_at, now()),
                   decided_by = coalesce(:by, decided_by), decided_at = case when :by is null then decided_at else now() end
             where id = :id and state in <unfinished>
            returning state""").define("unfinished", JobState.UNFINISHED_SQL)
        .bind("id", job).bindByType("by", by, String.class).mapTo(JobState.class).findOne());
  }

  /** The numbers of unfinished and dead jobs, by state. */
  public record Counts(long queued, long running, long retryable, long snoozed, long dead) {

    static Counts of(Map<JobState, Long> countByState) {
      return new Counts(countByState.getOrDefault(JobState.QUEUED, 0L), countByState.getOrDefault(JobState.RUNNING, 0L),
          countByState.getOrDefault(JobState.RETRYABLE, 0L), countByState.getOrDefault(JobState.SNOOZED, 0L),
          countByState.getOrDefault(JobState.DEAD, 0L));
    }

    /** The number of unfinished jobs. */
    public long unfinished() {
      return queued + running + retryable + snoozed;
    }
  }

  /** Counts jobs of all queues. It reads only the partial indexes of unfinished and dead jobs, so finished jobs cost nothing. */
  public Counts counts() {
    return Counts.of(database.ask(h -> h.createQuery("""
            select state, count(*) as jobs from job where state in <waiting> group by state
            union all select 'running', count(*) from job where state = 'running'
            union all select 'dead', count(*) from job where state = 'dead'""").define("waiting", JobState.WAITING_SQL)
        .reduceRows(new EnumMap<JobState, Long>(JobState.class), (map, row) -> {
          map.put(row.getColumn("state", JobState.class), row.getColumn("jobs", Long.class));
          return map;
        })));
  }
}
