package tasktracker.ops;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Shutdown;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Inject;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.job.run.NodeIdentity;
import tasktracker.platform.live.EventPublisher;
import tasktracker.platform.live.LiveTopic.Event;

/** Publishes an event, debounced, when the health of this node has changed. */
@ApplicationScoped
public class HealthEventPublisher {

  private static final System.Logger LOG = System.getLogger(HealthEventPublisher.class.getName());
  private static final int INTERVAL_SECONDS = 3;

  @Inject DependencyChecks checks;
  @Inject NodeIdentity node;
  @Inject EventPublisher live;

  @Resource(lookup = "java:comp/DefaultManagedScheduledExecutorService") ManagedScheduledExecutorService timer;

  private final DebouncedState<Map<String, String>> debounced = new DebouncedState<>(DependencyChecks::isHealthy);
  private @Nullable ScheduledFuture<?> task;

  /** {@code status} and {@code checks} as in {@code /api/health} of this node. */
  public record NodeHealth(String node, String status, Map<String, String> checks) {}

  void start(@Observes Startup event) {
    task = timer.scheduleWithFixedDelay(this::check, INTERVAL_SECONDS, INTERVAL_SECONDS, TimeUnit.SECONDS);
  }

  private void check() {
    try {
      debounced.update(checks.run())
          .ifPresent(now -> live.publish(Event.HEALTH, new NodeHealth(node.name(), DependencyChecks.status(now), now)));
    } catch (RuntimeException e) {
      LOG.log(Level.DEBUG, "Could not publish the health of this node", e);
    }
  }

  void stop(@Observes Shutdown event) {
    if (task != null) {
      task.cancel(false);
    }
  }
}
