package tasktracker.platform.trace;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** How steps are traced, or that they are not. */
interface Tracing extends AutoCloseable {

  Tracing OFF = new Tracing() {};

  default Step request(String method, @Nullable String traceparent, String requestId) {
    return Step.UNTRACED;
  }

  default Step job(UUID id, String kind, int attempt, @Nullable String origin) {
    return Step.UNTRACED;
  }

  @Override
  default void close() {}
}
