package tasktracker.platform.data;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/** Work of the start that goes on beside the server's own. Neither the server nor CDI can lend a thread this early. */
final class BackgroundStartup {

  private BackgroundStartup() {}

  /** Begins the work at once, on a thread that ends with it or with the server. */
  static <T> CompletableFuture<T> begin(String thread, Supplier<T> work) {
    return CompletableFuture.supplyAsync(work, task -> start(thread, task));
  }

  private static void start(String name, Runnable task) {
    Thread thread = Thread.ofPlatform().name(name).daemon().unstarted(task);
    // Inherited it would be one that the server takes away from the application as soon as it goes on.
    thread.setContextClassLoader(BackgroundStartup.class.getClassLoader());
    thread.start();
  }

  /**
   * Returns when the work is done, with what came of it.
   *
   * @throws IllegalStateException with the words of what it failed by
   */
  static <T> T await(CompletableFuture<T> work) {
    try {
      return work.join();
    } catch (CompletionException e) {
      throw new IllegalStateException(e.getCause().getMessage(), e.getCause());
    }
  }
}
