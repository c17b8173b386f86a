package tasktracker.ops;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.job.Ledger;
import tasktracker.platform.web.PageVariables;

/** The chip in the top bar: how many jobs run. Counted at most once a second, however many pages are read. */
@ApplicationScoped
public class RunningJobs implements PageVariables {

  private static final System.Logger LOG = System.getLogger(RunningJobs.class.getName());
  private static final long WHILE_AWAY_NS = Duration.ofSeconds(10).toNanos();
  /** Less than the pause in which the end of a burst is told, or that would be told an old count. */
  private static final long KEPT_NS = Duration.ofMillis(400).toNanos();
  private @Nullable Ledger ledger;
  private volatile long count;
  private volatile long countAgainNs = System.nanoTime();

  protected RunningJobs() {}

  @Inject
  public RunningJobs(Ledger ledger) {
    this.ledger = ledger;
  }

  /** {@code href} is where to look at them. */
  public record Running(long count, String href) {}

  @Override
  public void addTo(Map<String, Object> model) {
    model.put("running", now());
  }

  Running now() {
    if (System.nanoTime() - countAgainNs >= 0) {
      count();
    }
    return new Running(count, "/system/jobs?state=running");
  }

  /** While the database is away, pages that say so must not wait for this figure each time. */
  private void count() {
    countAgainNs = System.nanoTime() + WHILE_AWAY_NS;
    try {
      count = ledger.counts().running();
      countAgainNs = System.nanoTime() + KEPT_NS;
    } catch (RuntimeException e) {
      LOG.log(Level.DEBUG, "Running jobs were not counted", e);
    }
  }
}
