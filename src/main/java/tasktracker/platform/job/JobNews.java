package tasktracker.platform.job;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.live.Live;
import tasktracker.platform.live.LiveTopic.Event;

/**
 * Tells open pages and programs about jobs. What happens to thousands a second, starting and completing, is told at
 * most twice a second for each kind; what people must know, each time.
 */
@ApplicationScoped
public class JobNews {

  private static final System.Logger LOG = System.getLogger(JobNews.class.getName());
  private static final long EVERY_NS = Duration.ofMillis(500).toNanos();
  /** An attempt that took longer than this is watched by somebody, perhaps: its end is always told. */
  private static final long LONG_NS = Duration.ofSeconds(1).toNanos();
  private static final Set<String> COMMON = Set.of("queued", "running", "completed");

  private final Map<String, Long> toldAt = new ConcurrentHashMap<>();
  private final @Nullable Live live;

  @SuppressWarnings("NullAway")
  protected JobNews() {
    this.live = null; // for the container's proxy
  }

  @Inject
  public JobNews(Live live) {
    this.live = live;
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
    if (!COMMON.contains(change.state()) || isTime(change.kind() + change.state())) {
      publish(Event.JOB_CHANGED, change);
    }
  }

  void completed(Run run) {
    if (run.age() > LONG_NS || isTime(run.claim().kind() + "completed")) {
      Claim of = run.claim();
      publish(Event.JOB_CHANGED, new JobChanged(of.id(), of.kind(), of.queue(), "completed", of.attempt(), of.maxAttempts(), null));
    }
  }

  void progress(Run run, Leases.Progress progress) {
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
