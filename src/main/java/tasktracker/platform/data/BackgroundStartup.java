package tasktracker.platform.data;

import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/** Startup tasks that run in parallel with the server's own startup. Managed threads are not available this early. */
final class BackgroundStartup {

  private BackgroundStartup() {}

  /** Starts a task on a daemon thread of its own. */
  static <T> CompletableFuture<T> startAsync(String thread, Supplier<T> task) {
    return CompletableFuture.supplyAsync(task, command -> start(thread, command));
  }

  private static void start(String name, Runnable task) {
    Thread thread = Thread.ofPlatform().name(name).daemon().unstarted(task);
    // The inherited context class loader becomes invalid for the application as soon as the server continues its startup.
    thread.setContextClassLoader(BackgroundStartup.class.getClassLoader());
    thread.start();
  }

  /**
   * Waits for the result of a task.
   *
   * @throws IllegalStateException with the message of the exception that the task failed with
   */
  static <T> T await(CompletableFuture<T> task) {
    try {
      return task.join();
    } catch (CompletionException e) {
      Throwable cause = Objects.requireNonNullElse(e.getCause(), e);
      throw new IllegalStateException(cause.getMessage(), cause);
    }
  }
}
