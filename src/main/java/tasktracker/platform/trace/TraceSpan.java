package tasktracker.platform.trace;

/** The span of a request or a job, from its start until it is closed, on one thread. */
public interface TraceSpan extends AutoCloseable {

  /** Used when tracing is disabled. */
  TraceSpan UNTRACED = new TraceSpan() {};

  /** The trace id; empty when tracing is disabled. */
  default String traceId() {
    return "";
  }

  /** Records the route template and status of the response. */
  default void answered(String route, int status) {}

  /** Records the outcome of an attempt of a job. */
  default void ended(String outcome) {}

  @Override
  default void close() {}
}
