package tasktracker.platform.data;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import org.jspecify.annotations.Nullable;

/** Tells a database that is away from work that is wrong. */
public final class DatabaseOutage {

  private DatabaseOutage() {}

  /** True when the failure, or what caused it, is that the database cannot be reached, is full, or has no connection to give. */
  public static boolean isCauseOf(Throwable failure) {
    for (@Nullable Throwable t = failure; t != null; t = t.getCause()) {
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
