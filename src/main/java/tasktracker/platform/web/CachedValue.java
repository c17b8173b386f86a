package tasktracker.platform.web;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * A cached value that every page shows and nothing is decided by, loaded at most a few times a second however many pages are requested. When
 * loading fails it keeps the last value and tries again after 10 s, so that pages do not wait for an unavailable
 * database each time. A failure that took long also keeps the other values: a page has several, and would wait for each.
 * Thread-safe.
 */
public final class CachedValue<T> {

  private static final System.Logger LOG = System.getLogger(CachedValue.class.getName());
  private static final long RETRY_NS = Duration.ofSeconds(10).toNanos();
  /** Shorter than the debounce time of live updates, which would otherwise publish a stale value after a burst. */
  private static final long TTL_NS = Duration.ofMillis(400).toNanos();
  /** A load that fails after this time has waited for a database that hangs. */
  private static final long HANG_NS = Duration.ofSeconds(1).toNanos();
  private static volatile long hangsUntilNs = System.nanoTime();
  private final Supplier<T> loader;
  private volatile T value;
  private volatile long expiresNs = System.nanoTime();

  /**
   * @param initial the value until it has been loaded for the first time
   * @param loader loads the value
   */
  public CachedValue(T initial, Supplier<T> loader) {
    this.value = initial;
    this.loader = loader;
  }

  public T get() {
    if (System.nanoTime() - expiresNs >= 0) {
      refresh();
    }
    return value;
  }

  private void refresh() {
    long start = System.nanoTime();
    if (start - hangsUntilNs < 0) {
      return;
    }
    expiresNs = start + RETRY_NS;
    try {
      value = loader.get();
      expiresNs = System.nanoTime() + TTL_NS;
    } catch (RuntimeException e) {
      LOG.log(Level.DEBUG, "Could not load a cached value", e);
      long now = System.nanoTime();
      if (now - start >= HANG_NS) {
        hangsUntilNs = now + RETRY_NS;
        expiresNs = now + 2 * RETRY_NS; // The others are loaded before it, so that one that always fails holds up none.
      }
    }
  }

  /** For tests: the database is no longer taken to hang. */
  static void endHang() {
    hangsUntilNs = System.nanoTime();
  }
}
