package tasktracker.platform.data;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Recognises that a row was not written because another one has its key: somebody else was quicker. */
public final class UniqueViolation {

  private static final String STATE = "23505";

  private UniqueViolation() {}

  /** True when that is the failure, or a cause of it. */
  public static boolean isIn(Throwable failure) {
    for (@Nullable Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof SQLException sql && STATE.equals(sql.getSQLState())) {
        return true;
      }
    }
    return false;
  }
}
