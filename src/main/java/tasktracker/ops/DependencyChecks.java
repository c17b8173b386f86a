package tasktracker.ops;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.data.NatsConnection;
import tasktracker.platform.job.WorkerPool;

/**
 * Asks what the product stands on, and waits a second for the answer. A database may be frozen and answer nothing for
 * minutes; then one question is under way, which all who ask share, so that probes do not use up the connections.
 */
@ApplicationScoped
public class DependencyChecks {

  private static final System.Logger LOG = System.getLogger(DependencyChecks.class.getName());
  private static final long PATIENCE_MS = 1_000;
  /** A question that had no answer for so long is given up: the line may be dead, and a new one would get through. */
  private static final long LOST_NS = TimeUnit.SECONDS.toNanos(30);

  @Inject DatabaseProbe question;
  @Inject NatsConnection nats;
  @Inject WorkerPool workers;

  @Resource(lookup = "java:comp/DefaultManagedExecutorService")
  @Nullable ManagedExecutorService threads;

  private @Nullable Future<Map<String, String>> asked;
  private long askedNs;
  private volatile boolean isSilent;

  /**
   * Name of each thing asked, and {@code up} or {@code down}; a broker that is {@code away} makes work slower, not
   * impossible.
   */
  public Map<String, String> all() {
    Map<String, String> answers = new TreeMap<>(database());
    answers.put("broker", nats.connection().isPresent() ? "up" : "away");
    answers.put("workers", workers.isClosed() ? "down" : "up");
    return answers;
  }

  /** {@code ok}, or {@code unavailable} when something is down. */
  static String status(Map<String, String> answers) {
    return isWell(answers) ? "ok" : "unavailable";
  }

  /** True when nothing is down. */
  public static boolean isWell(Map<String, String> answers) {
    return !answers.containsValue("down");
  }

  private Map<String, String> database() {
    try {
      Map<String, String> answers = underWay().get(PATIENCE_MS, TimeUnit.MILLISECONDS);
      isSilent = false;
      return answers;
    } catch (TimeoutException e) {
      tell("The database has not answered within " + PATIENCE_MS + " ms");
    } catch (ExecutionException e) {
      tell("The database does not answer: " + e.getCause().getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return DatabaseProbe.DOWN;
  }

  /** Said once, not at each look while it is away. */
  private void tell(String what) {
    LOG.log(isSilent ? Level.DEBUG : Level.WARNING, what);
    isSilent = true;
  }

  private synchronized Future<Map<String, String>> underWay() {
    Future<Map<String, String>> present = asked;
    if (present == null || present.isDone() || System.nanoTime() - askedNs > LOST_NS) {
      askedNs = System.nanoTime();
      present = threads.submit(question::ask);
      asked = present;
    }
    return present;
  }
}
