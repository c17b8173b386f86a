package tasktracker.platform.batch;

import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.job.JobDiscarded;
import tasktracker.platform.job.JobSnoozed;
import tasktracker.platform.job.RetryAfter;

/** Tells an item that cannot be done from a batch that cannot be done now. */
final class FailureCause {

  /**
   * Classes of SQLSTATE by which the database refuses what it was given: cardinality, data exception, integrity
   * constraint, program limit; or cannot read a damaged row (internal error). By all others it says that it cannot work
   * now, or that a statement is wrong.
   */
  private static final List<String> REFUSALS = List.of("21", "22", "23", "54", "XX");
  /** The transaction or the connection itself has failed, and nothing beneath says why. */
  private static final List<String> CONTAINER = List.of("jakarta.resource.", "jakarta.transaction.");
  private static final int DEEPEST = 20;

  private FailureCause() {}

  /**
   * Whether the failure may be that of one item. It is not when the database could not work (a lost connection, a
   * conflict of transactions, a timeout), when the thread was interrupted, when memory ran out, when a {@link
   * BatchFailure} is among its causes, or when it tells the job engine what to do.
   */
  static boolean isItem(Throwable failure) {
    if (Thread.currentThread().isInterrupted()) {
      return false;
    }
    Throwable cause = failure;
    for (int depth = 0; cause != null && depth < DEEPEST; depth++, cause = cause.getCause()) {
      if (isOfBatch(cause)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isOfBatch(Throwable cause) {
    return switch (cause) {
      case SQLException sql -> !isRefusal(sql.getSQLState());
      case StackOverflowError e -> false;
      case VirtualMachineError e -> true;
      case LinkageError e -> true;
      case InterruptedException e -> true;
      case InterruptedIOException e -> true;
      case ClosedByInterruptException e -> true;
      case CancellationException e -> true;
      case JobDiscarded e -> true;
      case JobSnoozed e -> true;
      case RetryAfter e -> true;
      default -> cause instanceof BatchFailure failure && failure.isOfBatch() || CONTAINER.stream().anyMatch(cause.getClass().getName()::startsWith);
    };
  }

  private static boolean isRefusal(@Nullable String state) {
    return state != null && state.length() == 5 && REFUSALS.contains(state.substring(0, 2));
  }

  /** The failure and its causes in one text, each with its class. */
  static String describe(Throwable failure) {
    StringBuilder text = new StringBuilder();
    Throwable cause = failure;
    for (int depth = 0; cause != null && depth < 5; depth++, cause = cause.getCause()) {
      String line = cause.getClass().getSimpleName() + (cause.getMessage() == null ? "" : ": " + cause.getMessage());
      if (text.indexOf(line) < 0) {
        text.append(text.isEmpty() ? "" : "\n").append(line);
      }
    }
    return text.toString();
  }
}
