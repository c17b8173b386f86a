package tasktracker.ops.check;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Makes all checks at once, within a time limit: one thing that hangs must not hide the others. */
@ApplicationScoped
public class CheckRunner {

  private static final System.Logger LOG = System.getLogger(CheckRunner.class.getName());
  private static final Duration PATIENCE = Duration.ofSeconds(8);
  private static final Duration KEPT = Duration.ofSeconds(3);
  /** So that looking never takes the connections that work needs. */
  private final Semaphore atOnce = new Semaphore(4);
  @Resource(lookup = "java:comp/DefaultManagedExecutorService") private @Nullable ManagedExecutorService threads;
  @Inject @Any private @Nullable Instance<CheckProvider> checkups;
  private List<Finding> last = List.of();
  private long lookAgainNs = System.nanoTime();

  /** All findings, the worst first. Looked at most once in three seconds, however many read the page. */
  public synchronized List<Finding> now() {
    if (System.nanoTime() - lookAgainNs >= 0) {
      last = look();
      lookAgainNs = System.nanoTime() + KEPT.toNanos();
    }
    return last;
  }

  /** Something was done about it: look anew. */
  public synchronized void forget() {
    lookAgainNs = System.nanoTime();
  }

  private record Asked(Check check, Future<Finding> answer) {}

  private List<Finding> look() {
    List<Asked> asked = new ArrayList<>();
    checkups.forEach(c -> c.checks().forEach(check -> asked.add(new Asked(check, threads.submit(() -> made(check))))));
    long until = System.nanoTime() + PATIENCE.toNanos();
    List<Finding> found = new ArrayList<>();
    asked.forEach(a -> found.add(answer(a, until)));
    found.sort(Comparator.comparing(Finding::state));
    return List.copyOf(found);
  }

  private Finding made(Check check) throws InterruptedException {
    atOnce.acquire();
    try {
      return check.look().apply(check);
    } finally {
      atOnce.release();
    }
  }

  private static Finding answer(Asked asked, long untilNs) {
    try {
      return asked.answer().get(Math.max(0, untilNs - System.nanoTime()), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      asked.answer().cancel(true);
      return asked.check().unknown("late");
    } catch (ExecutionException e) {
      LOG.log(Level.WARNING, "The check " + asked.check().id() + " failed", e.getCause());
      return asked.check().unknown("failed");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return asked.check().unknown("late");
    }
  }
}
