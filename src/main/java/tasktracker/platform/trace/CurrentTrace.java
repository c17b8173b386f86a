package tasktracker.platform.trace;

import org.jspecify.annotations.Nullable;

/** The trace of this thread as a {@code traceparent} (W3C Trace Context), for linking jobs that run later. */
public final class CurrentTrace {

  private static final ThreadLocal<@Nullable String> PRESENT = new ThreadLocal<>();

  private CurrentTrace() {}

  /** Null when nothing is traced. */
  public static @Nullable String present() {
    return PRESENT.get();
  }

  static void begin(String traceparent) {
    PRESENT.set(traceparent);
  }

  static void end() {
    PRESENT.remove();
  }
}
