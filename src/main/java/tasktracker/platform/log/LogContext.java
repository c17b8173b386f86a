package tasktracker.platform.log;

import com.ibm.websphere.logging.hpel.LogRecordContext;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Of which request or job the records of this thread are, until it is closed: the JSON format of the log has a field
 * {@code ext_…} for each fact. Records of the server itself and of libraries have them too.
 */
public final class LogContext implements AutoCloseable {

  private final List<String> facts = new ArrayList<>(3);

  private LogContext() {}

  /** Under the id that the answer carries as {@code X-Request-ID}. */
  public static LogContext ofRequest(String id) {
    return new LogContext().with("request_id", id);
  }

  public static LogContext ofJob(UUID id, String kind) {
    return new LogContext().with("job_id", id.toString()).with("job_kind", kind);
  }

  /** And of which trace; an empty id is none. */
  public LogContext tracedAs(String traceId) {
    return traceId.isEmpty() ? this : with("trace_id", traceId);
  }

  /** Says this too. Values are ids and names of ours, never what somebody wrote. */
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
