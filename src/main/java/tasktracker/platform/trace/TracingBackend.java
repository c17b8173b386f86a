package tasktracker.platform.trace;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Creates spans; the default implementation does nothing. */
interface TracingBackend extends AutoCloseable {

  TracingBackend OFF = new TracingBackend() {};

  default TraceSpan request(String method, @Nullable String traceparent, String requestId) {
    return TraceSpan.UNTRACED;
  }

  default TraceSpan job(UUID id, String kind, int attempt, @Nullable String origin) {
    return TraceSpan.UNTRACED;
  }

  @Override
  default void close() {}
}
