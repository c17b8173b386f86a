package tasktracker.platform.web.problem;

import jakarta.servlet.ServletException;
import jakarta.ws.rs.WebApplicationException;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.web.LocalizedMessage;

/** Converts exceptions into problems: clients get what they may know, and the rest is logged once. */
public final class Problems {

  private static final System.Logger LOG = System.getLogger(Problems.class.getName());
  private static final Map<Integer, String> TITLES = Map.of(
      400, "Bad request", 401, "Unauthorized", 403, "Forbidden", 404, "Not found", 405, "Method not allowed",
      406, "Not acceptable", 413, "Content too large", 415, "Unsupported media type");
  private static final Set<Integer> WITH_MESSAGE = Set.of(400, 404, 405, 406, 415);

  private Problems() {}

  /** The problem for an exception; an unexpected one is logged with a reference that the response contains. */
  public static Problem of(Throwable failure) {
    for (@Nullable
    Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof Problem problem) {
        return problem;
      }
      if (isDatabaseUnavailable(t)) {
        LOG.log(Level.WARNING, "The database is unavailable: {0}", t.getMessage());
        return Problem.unavailable(LocalizedMessage.of("problem.database"));
      }
      if (isMalformedUrl(t)) {
        return ofStatus(400);
      }
      if (isForbiddenPath(t)) {
        return ofStatus(404);
      }
    }
    return failure instanceof WebApplicationException web ? of(web) : unexpected(failure);
  }

  /** The server itself refuses URLs with encoded slashes before they reach the application. */
  private static boolean isMalformedUrl(Throwable t) {
    return t instanceof IOException && String.valueOf(t.getMessage()).startsWith("CWWWC0005I");
  }

  /** The server itself refuses paths below WEB-INF and META-INF, with an exception instead of 404. */
  private static boolean isForbiddenPath(Throwable t) {
    return t instanceof ServletException && String.valueOf(t.getMessage()).startsWith("SRVE0190E");
  }

  private static Problem of(WebApplicationException web) {
    int status = web.getResponse().getStatus();
    return status >= 500 ? unexpected(web) : ofStatus(status);
  }

  /** The problem for an HTTP status. */
  public static Problem ofStatus(int status) {
    return new Problem(status, TITLES.getOrDefault(status, "Request refused"),
        LocalizedMessage.of(WITH_MESSAGE.contains(status) ? "problem.status." + status : "problem.status"));
  }

  private static Problem unexpected(Throwable failure) {
    String reference = UUID.randomUUID().toString().substring(0, 8);
    LOG.log(Level.ERROR, "Unexpected failure, reference " + reference, failure);
    return new Problem(500, "Something went wrong", LocalizedMessage.of("problem.logged", reference));
  }

  private static boolean isDatabaseUnavailable(Throwable t) {
    return t instanceof SQLTransientException || t instanceof SQLRecoverableException
        || t instanceof SQLNonTransientConnectionException || t instanceof SQLException sql && isConnectionState(sql.getSQLState())
        || t.getClass().getName().startsWith("jakarta.resource.");
  }

  /** Classes 08 (connection), 53 (out of resources) and 57P (server going down or starting). */
  private static boolean isConnectionState(@Nullable String state) {
    return state != null && (state.startsWith("08") || state.startsWith("53") || state.startsWith("57P"));
  }

  /** The body of RFC 9457. */
  public static Map<String, Object> body(Problem problem, String instance) {
    return Map.of("type", "about:blank", "title", problem.title(), "status", problem.status(),
        "detail", problem.detail(), "instance", instance);
  }
}
