package tasktracker.platform.trace;

/** A request or a job that is traced, from its begin until it is closed, on one thread. */
public interface TraceSpan extends AutoCloseable {

  /** Traces are off. */
  TraceSpan UNTRACED = new TraceSpan() {};

  /** Under which others find it; empty when it is not traced. */
  default String traceId() {
    return "";
  }

  /** A request found its route template, and was answered. */
  default void answered(String route, int status) {}

  /** An attempt at a job ended so. */
  default void ended(String outcome) {}

  @Override
  default void close() {}
}
