package tasktracker.platform.job;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.live.EventPublisher;
import tasktracker.platform.live.LiveTopic.Event;

/**
 * Tells open pages and programs about jobs. What happens to thousands a second, starting and completing, is told at
 * most twice a second for each kind, and the last of a burst a moment later; what people must know, each time.
 */
@ApplicationScoped
public class JobEventPublisher {

  private static final System.Logger LOG = System.getLogger(JobEventPublisher.class.getName());
  private static final long EVERY_NS = Duration.ofMillis(500).toNanos();
  /** An attempt that took longer than this is watched by somebody, perhaps: its end is always told. */
  private static final long LONG_NS = Duration.ofSeconds(1).toNanos();
  private static final Set<String> COMMON = Set.of("queued", "running", "completed");

  private final Map<String, Long> toldAt = new ConcurrentHashMap<>();
  private final Map<String, JobChanged> untold = new ConcurrentHashMap<>();
  private final ScheduledExecutorService ticker =
      Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("job-news").factory());
  private final @Nullable EventPublisher live;

  @SuppressWarnings("NullAway")
  protected JobEventPublisher() {
    this.live = null; // for the container's proxy
  }

  @Inject
  public JobEventPublisher(EventPublisher live) {
    this.live = live;
    ticker.scheduleWithFixedDelay(this::tellTheLast, EVERY_NS, EVERY_NS, TimeUnit.NANOSECONDS);
  }

  @PreDestroy
  void stop() {
    ticker.shutdownNow();
  }

  /** A job is in another state now. */
  public record JobChanged(UUID id, String kind, String queue, String state, int attempt, int maxAttempts,
      @Nullable String error) {}

  /** A running job has come further; a total of 0 is not known. */
  public record JobProgress(UUID id, String kind, String queue, long done, long total, String note) {}

  void changed(Claim claim, String state, @Nullable String error) {
    changed(new JobChanged(claim.id(), claim.kind(), claim.queue(), state, claim.attempt(), claim.maxAttempts(), error));
  }

  void changed(JobChanged change) {
    if (COMMON.contains(change.state())) {
      tellNowOrLater(change, false);
    } else {
      publish(Event.JOB_CHANGED, change);
    }
  }

  void completed(ActiveRun run) {
    Claim of = run.claim();
    tellNowOrLater(new JobChanged(of.id(), of.kind(), of.queue(), "completed", of.attempt(), of.maxAttempts(), null), run.age() > LONG_NS);
  }

  private void tellNowOrLater(JobChanged change, boolean mustBeTold) {
    String what = change.kind() + change.state();
    if (isTime(what) || mustBeTold) {
      untold.remove(what);
      publish(Event.JOB_CHANGED, change);
    } else {
      untold.put(what, change);
    }
  }

  /** Or a page would go on saying that something runs. */
  private void tellTheLast() {
    for (String what : untold.keySet()) {
      if (isTime(what)) {
        JobChanged last = untold.remove(what);
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

  private boolean isTime(String what) {
    long now = System.nanoTime();
    Long before = toldAt.get(what);
    if (before != null && now - before < EVERY_NS) {
      return false;
    }
    toldAt.put(what, now);
    return true;
  }

  private void publish(Event event, Object data) {
    try {
      live.publish(event, data);
    } catch (RuntimeException e) {
      LOG.log(Level.DEBUG, "Could not tell of a job", e);
    }
  }
}
