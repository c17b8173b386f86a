package tasktracker.platform.data;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import org.jspecify.annotations.Nullable;

/** Distinguishes an unavailable database from other errors. */
public final class DatabaseOutage {

  private DatabaseOutage() {}

  /** True when the exception or one of its causes means that the database is unreachable, full, or out of connections. */
  public static boolean isCauseOf(Throwable failure) {
    for (@Nullable
    Throwable t = failure; t != null; t = t.getCause()) {
      if (isOutage(t)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isOutage(Throwable t) {
    return t instanceof SQLRecoverableException || t instanceof SQLNonTransientConnectionException
        || t instanceof SQLException sql && (t instanceof SQLTransientException || isConnectionState(sql.getSQLState()))
        || t.getClass().getName().startsWith("jakarta.resource.");
  }

  /** Classes 08 (connection), 53 (out of resources) and 57P (server going down or starting). */
  private static boolean isConnectionState(@Nullable String state) {
    return state != null && (state.startsWith("08") || state.startsWith("53") || state.startsWith("57P"));
  }
}
