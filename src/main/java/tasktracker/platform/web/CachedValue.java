package tasktracker.platform.web;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * A figure that stands on every page: asked for at most a few times a second, however many pages are read. While the
 * database is away the last one is told, and pages that say so do not wait for it each time.
 */
public final class CachedValue<T> {

  private static final System.Logger LOG = System.getLogger(CachedValue.class.getName());
  private static final long WHILE_AWAY_NS = Duration.ofSeconds(10).toNanos();
  /** Less than the pause in which the end of a burst is told, or that would be told an old figure. */
  private static final long KEPT_NS = Duration.ofMillis(400).toNanos();
  private final Supplier<T> figure;
  private volatile T last;
  private volatile long againNs = System.nanoTime();

  /**
   * @param first what is told until it could be asked for
   * @param figure asks for it
   */
  public CachedValue(T first, Supplier<T> figure) {
    this.last = first;
    this.figure = figure;
  }

  public T now() {
    if (System.nanoTime() - againNs >= 0) {
      ask();
    }
    return last;
  }

  private void ask() {
    againNs = System.nanoTime() + WHILE_AWAY_NS;
    try {
      last = figure.get();
      againNs = System.nanoTime() + KEPT_NS;
    } catch (RuntimeException e) {
      LOG.log(Level.DEBUG, "A figure was not asked for", e);
    }
  }
}
