package tasktracker.ops;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.data.NatsConnection;
import tasktracker.platform.job.run.WorkerPool;

/**
 * Health of the product's dependencies, checked with a timeout of one second. While a frozen database does not answer, all
 * callers share one pending probe, so that probes do not exhaust the connection pool. Thread-safe.
 */
@ApplicationScoped
public class DependencyChecks {

  private static final System.Logger LOG = System.getLogger(DependencyChecks.class.getName());
  private static final long TIMEOUT_MS = 1_000;
  /** A probe without an answer for this long is abandoned: its connection may be dead while a new one would work. */
  private static final long ABANDON_NS = TimeUnit.SECONDS.toNanos(30);

  @Inject DatabaseProbe databaseProbe;
  @Inject NatsConnection nats;
  @Inject WorkerPool workers;

  @Resource(lookup = "java:comp/DefaultManagedExecutorService") ManagedExecutorService threads;

  private @Nullable Future<Map<String, String>> probe;
  private long probeStartedNs;
  private volatile boolean isUnavailable;

  /**
   * Runs all checks. Returns {@code up} or {@code down} for each dependency; a broker that is {@code away} makes processing
   * slower, but does not stop it.
   */
  public Map<String, String> run() {
    Map<String, String> answers = new TreeMap<>(database());
    answers.put("broker", nats.connection().isPresent() ? "up" : "away");
    answers.put("workers", workers.isClosed() ? "down" : "up");
    return answers;
  }

  /** {@code ok}, or {@code unavailable} when a dependency is down. */
  static String status(Map<String, String> answers) {
    return isHealthy(answers) ? "ok" : "unavailable";
  }

  /** True when no dependency is down. */
  public static boolean isHealthy(Map<String, String> answers) {
    return !answers.containsValue("down");
  }

  private Map<String, String> database() {
    try {
      Map<String, String> answers = currentProbe().get(TIMEOUT_MS, TimeUnit.MILLISECONDS);
      isUnavailable = false;
      return answers;
    } catch (TimeoutException e) {
      log("The database has not answered within " + TIMEOUT_MS + " ms");
    } catch (ExecutionException e) {
      log("The database is unavailable: " + Objects.requireNonNullElse(e.getCause(), e).getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return DatabaseProbe.DOWN;
  }

  /** Logs a warning once for each outage, not at each check. */
  private void log(String what) {
    LOG.log(isUnavailable ? Level.DEBUG : Level.WARNING, what);
    isUnavailable = true;
  }

  private synchronized Future<Map<String, String>> currentProbe() {
    Future<Map<String, String>> current = probe;
    if (current == null || current.isDone() || System.nanoTime() - probeStartedNs > ABANDON_NS) {
      probeStartedNs = System.nanoTime();
      current = threads.submit(databaseProbe::check);
      probe = current;
    }
    return current;
  }
}
