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

/** Distinguishes failures of a single item from failures of a whole batch. */
public final class FailureCause {

  /**
   * Classes of SQLSTATE that are caused by the data of an item: cardinality violation, data exception, integrity
   * constraint violation, program limit exceeded, and internal error (a damaged row). All others mean that the database is
   * unavailable or that a statement is wrong.
   */
  private static final List<String> ITEM_FAILURE_CLASSES = List.of("21", "22", "23", "54", "XX");
  /** Exceptions of these packages mean that the transaction or the connection has failed. */
  private static final List<String> CONTAINER_PACKAGES = List.of("jakarta.resource.", "jakarta.transaction.");
  private static final int MAX_DEPTH = 20;

  private FailureCause() {}

  /**
   * True when a single item may have caused the failure. It did not when the database was unavailable (lost connection,
   * serialization failure, timeout), the thread was interrupted, memory ran out, a {@link BatchFailure} is among the
   * causes, or the exception is an instruction to the job engine.
   */
  static boolean isItem(Throwable failure) {
    if (Thread.currentThread().isInterrupted()) {
      return false;
    }
    Throwable cause = failure;
    for (int depth = 0; cause != null && depth < MAX_DEPTH; depth++, cause = cause.getCause()) {
      if (isBatchFailure(cause)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isBatchFailure(Throwable cause) {
    return switch (cause) {
      case SQLException sql -> !isItemFailure(sql.getSQLState());
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
      default -> cause instanceof BatchFailure failure && failure.isOfBatch()
          || CONTAINER_PACKAGES.stream().anyMatch(cause.getClass().getName()::startsWith);
    };
  }

  private static boolean isItemFailure(@Nullable String state) {
    return state != null && state.length() == 5 && ITEM_FAILURE_CLASSES.contains(state.substring(0, 2));
  }

  /** The failure and its causes as text, each with its class. */
  public static String describe(Throwable failure) {
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
