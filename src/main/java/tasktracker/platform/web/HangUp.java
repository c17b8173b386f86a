package tasktracker.platform.web;

import java.io.IOException;
import java.sql.SQLException;

/** Tells that whoever asked has hung up from a failure of ours, once an answer is on its way. */
public final class HangUp {

  private HangUp() {}

  /**
   * True when an answer could not be written to its end. Resources read neither files nor networks while they write, but
   * for the database, whose failures have an {@link SQLException} among their causes.
   */
  public static boolean isCauseOf(Throwable failure) {
    boolean isIo = false;
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof SQLException) {
        return false;
      }
      isIo |= t instanceof IOException;
    }
    return isIo;
  }
}
