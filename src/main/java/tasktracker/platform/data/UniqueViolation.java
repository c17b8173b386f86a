package tasktracker.platform.data;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Recognises violations of a unique constraint, for example by a concurrent insert. */
public final class UniqueViolation {

  private static final String STATE = "23505";

  private UniqueViolation() {}

  /** True when the exception or one of its causes is a unique violation. */
  public static boolean isIn(Throwable failure) {
    for (@Nullable
    Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof SQLException sql && STATE.equals(sql.getSQLState())) {
        return true;
      }
    }
    return false;
  }
}
