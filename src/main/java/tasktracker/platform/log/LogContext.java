package tasktracker.platform.log;

import com.ibm.websphere.logging.hpel.LogRecordContext;
import io.opentelemetry.api.trace.SpanContext;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Adds the request or job of this thread to its log records, including those of the server and of libraries, until it is
 * closed: a field {@code ext_…} in the JSON format. Not thread-safe.
 */
public final class LogContext implements AutoCloseable {

  private final List<String> facts = new ArrayList<>(3);

  private LogContext() {}

  /** The request id, as in the response header {@code X-Request-ID}. */
  public static LogContext ofRequest(String id) {
    return new LogContext().with("request_id", id);
  }

  public static LogContext ofJob(UUID id, String kind) {
    return new LogContext().with("job_id", id.toString()).with("job_kind", kind);
  }

  /** Adds the trace id if something is traced. */
  public LogContext tracedAs(SpanContext span) {
    return span.isValid() ? with("trace_id", span.getTraceId()) : this;
  }

  /** Adds a field. Values are ids and constant names, never user input. */
  private LogContext with(String fact, String value) {
    LogRecordContext.addExtension(fact, value);
    facts.add(fact);
    return this;
  }

  @Override
  public void close() {
    facts.forEach(LogRecordContext::removeExtension);
  }
}
