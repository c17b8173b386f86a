package tasktracker.platform.trace;

import org.jspecify.annotations.Nullable;

/** What is traced on this thread, for work that goes on later and elsewhere: a {@code traceparent} of W3C Trace Context. */
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
