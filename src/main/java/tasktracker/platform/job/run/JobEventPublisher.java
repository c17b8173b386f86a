package tasktracker.platform.job.run;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Inject;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.job.JobState;
import tasktracker.platform.live.EventPublisher;
import tasktracker.platform.live.LiveTopic.Event;

/**
 * Publishes events about jobs to open pages and programs. Frequent changes (queued, running, completed) are throttled to
 * two a second for each kind and state, and the last one of a burst is published after the interval. All other changes are
 * published at once.
 */
@ApplicationScoped
public class JobEventPublisher {

  private static final System.Logger LOG = System.getLogger(JobEventPublisher.class.getName());
  private static final long THROTTLE_NS = Duration.ofMillis(500).toNanos();
  /** The completion of an attempt that took longer than this is always published, because somebody may be watching it. */
  private static final long LONG_RUN_NS = Duration.ofSeconds(1).toNanos();
  private static final Set<String> THROTTLED_STATES = Set.of(JobState.QUEUED.wire(), JobState.RUNNING.wire(), JobState.COMPLETED.wire());

  private final Map<String, Long> publishedAt = new ConcurrentHashMap<>();
  private final Map<String, JobChanged> pending = new ConcurrentHashMap<>();
  private final EventPublisher publisher;
  private final ScheduledExecutorService scheduler;
  private @Nullable ScheduledFuture<?> task;

  @Inject
  public JobEventPublisher(EventPublisher publisher, ScheduledExecutorService scheduler) {
    this.publisher = publisher;
    this.scheduler = scheduler;
  }

  void start(@Observes Startup event) {
    task = scheduler.scheduleWithFixedDelay(this::publishPending, THROTTLE_NS, THROTTLE_NS, TimeUnit.NANOSECONDS);
  }

  @PreDestroy
  void stop() {
    if (task != null) {
      task.cancel(false);
    }
  }

  /** The state of a job has changed. */
  public record JobChanged(UUID id, String kind, String queue, String state, int attempt, int maxAttempts,
      @Nullable String error) {}

  /** A running job has made progress. A total of 0 means that it is unknown. */
  public record JobProgress(UUID id, String kind, String queue, long done, long total, String note) {}

  /** Publishes the new state of a claimed job, throttled if that state is frequent. */
  public void changed(Claim claim, JobState state, @Nullable String error) {
    changed(new JobChanged(claim.id(), claim.kind(), claim.queue(), state.wire(), claim.attempt(), claim.maxAttempts(), error));
  }

  /** Publishes a change, throttled if its state is frequent. Does not fail when the event cannot be published. */
  public void changed(JobChanged change) {
    if (THROTTLED_STATES.contains(change.state())) {
      publishThrottled(change, false);
    } else {
      publish(Event.JOB_CHANGED, change);
    }
  }

  void completed(ActiveRun run) {
    Claim of = run.claim();
    publishThrottled(new JobChanged(of.id(), of.kind(), of.queue(), JobState.COMPLETED.wire(), of.attempt(), of.maxAttempts(), null),
        run.elapsedNs() > LONG_RUN_NS);
  }

  private void publishThrottled(JobChanged change, boolean isForced) {
    String key = change.kind() + change.state();
    if (isDue(key) || isForced) {
      pending.remove(key);
      publish(Event.JOB_CHANGED, change);
    } else {
      pending.put(key, change);
    }
  }

  /** Publishes the last change of each burst; otherwise a page would show a job as running for ever. */
  private void publishPending() {
    for (String key : pending.keySet()) {
      if (isDue(key)) {
        JobChanged last = pending.remove(key);
        if (last != null) {
          publish(Event.JOB_CHANGED, last);
        }
      }
    }
  }

  void progress(ActiveRun run, Leases.Progress progress) {
    Claim of = run.claim();
    publish(Event.JOB_PROGRESS,
        new JobProgress(of.id(), of.kind(), of.queue(), progress.done(), progress.total(), progress.note()));
  }

  private boolean isDue(String key) {
    long now = System.nanoTime();
    Long before = publishedAt.get(key);
    if (before != null && now - before < THROTTLE_NS) {
      return false;
    }
    publishedAt.put(key, now);
    return true;
  }

  private void publish(Event event, Object data) {
    try {
      publisher.publish(event, data);
    } catch (RuntimeException e) {
      LOG.log(Level.DEBUG, "An event about a job could not be published", e);
    }
  }
}
