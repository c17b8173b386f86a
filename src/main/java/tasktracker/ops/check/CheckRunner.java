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

/** Runs all checks in parallel with a timeout, so that a hanging check does not hide the others. Thread-safe. */
@ApplicationScoped
public class CheckRunner {

  private static final System.Logger LOG = System.getLogger(CheckRunner.class.getName());
  private static final Duration TIMEOUT = Duration.ofSeconds(8);
  private static final Duration CACHE_TIME = Duration.ofSeconds(3);
  /** Limits concurrency, so that checks do not take the connections that requests need. */
  private final Semaphore permits = new Semaphore(4);
  @Resource(lookup = "java:comp/DefaultManagedExecutorService") private ManagedExecutorService threads;
  @Inject
  @Any private Instance<CheckProvider> providers;
  private List<Finding> last = List.of();
  private long expiresNs = System.nanoTime();

  /** All findings, the worst first, cached for three seconds. */
  public synchronized List<Finding> findings() {
    if (System.nanoTime() - expiresNs >= 0) {
      last = runAll();
      expiresNs = System.nanoTime() + CACHE_TIME.toNanos();
    }
    return last;
  }

  /** Discards the cached findings after a fix. */
  public synchronized void invalidate() {
    expiresNs = System.nanoTime();
  }

  private record PendingCheck(Check check, Future<Finding> answer) {}

  private List<Finding> runAll() {
    List<PendingCheck> pending = new ArrayList<>();
    providers.forEach(c -> c.checks().forEach(check -> pending.add(new PendingCheck(check, threads.submit(() -> run(check))))));
    long until = System.nanoTime() + TIMEOUT.toNanos();
    List<Finding> found = new ArrayList<>();
    pending.forEach(a -> found.add(await(a, until)));
    found.sort(Comparator.comparing(Finding::state));
    return List.copyOf(found);
  }

  private Finding run(Check check) throws InterruptedException {
    permits.acquire();
    try {
      return check.function().apply(check);
    } finally {
      permits.release();
    }
  }

  private static Finding await(PendingCheck pending, long untilNs) {
    try {
      return pending.answer().get(Math.max(0, untilNs - System.nanoTime()), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      pending.answer().cancel(true);
      return pending.check().unknown("late");
    } catch (ExecutionException e) {
      LOG.log(Level.WARNING, "The check " + pending.check().id() + " failed", e.getCause());
      return pending.check().unknown("failed");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return pending.check().unknown("late");
    }
  }
}
