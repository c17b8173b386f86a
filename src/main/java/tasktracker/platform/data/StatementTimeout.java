package tasktracker.platform.data;

import java.sql.SQLException;
import java.time.Duration;
import org.jdbi.v3.core.Handle;

/** The time after which the database cancels a statement of the present transaction, waiting for locks included. */
public final class StatementTimeout {

  /** SQLSTATE query_canceled. */
  private static final String CANCELLED = "57014";

  private StatementTimeout() {}

  /** The time as the setting {@code statement_timeout} wants it; at least a millisecond, because 0 would be no limit. */
  public static String setting(Duration time) {
    return String.valueOf(1 + time.toMillis());
  }

  /** Gives each further statement of this transaction so much time. */
  public static void set(Handle sql, Duration time) {
    sql.createQuery("select set_config('statement_timeout', :time, true)").bind("time", setting(time)).mapTo(String.class).one();
  }

  /** True when the failure, or what caused it, is that a statement took longer. */
  public static boolean isCauseOf(Throwable failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof SQLException sql && CANCELLED.equals(sql.getSQLState())) {
        return true;
      }
    }
    return false;
  }
}
