package tasktracker.message;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.web.problem.Problem;

/**
 * Limits how many messages of one chat a node stores at the same time; further messages of that chat wait in the order
 * of arrival. A flood in one chat therefore leaves processors and database connections to all other chats. Thread-safe.
 * Only chats that are storing a message at the moment take memory.
 */
@ApplicationScoped
public class ChatBulkhead {

  /** Enough to keep processors and disk busy, and a small share of the default connection pool. */
  static final int LIMIT = 4;
  private static final int MAX_WAIT_SECONDS = 5;

  private final Map<Object, Gate> gates = new HashMap<>();

  /** The permits of one chat. */
  private static final class Gate {
    private final Semaphore permits = new Semaphore(LIMIT, true);
    private int users;
  }

  /**
   * Runs the work as soon as the chat has a free permit.
   *
   * @param chat identifies the chat and has a bounded size; null for work that belongs to no chat and never waits
   * @throws Problem 503 when there was no room for five seconds
   */
  public void run(@Nullable Object chat, Runnable work) {
    get(chat, () -> {
      work.run();
      return true;
    });
  }

  /**
   * Runs work that has a result. The caller should have no open transaction, so that a waiting thread holds no
   * connection.
   */
  public <T> T get(@Nullable Object chat, Supplier<T> work) {
    if (chat == null) {
      return work.get();
    }
    Gate gate = enter(chat);
    try {
      return pass(gate, work);
    } finally {
      leave(chat, gate);
    }
  }

  private synchronized Gate enter(Object chat) {
    Gate gate = gates.computeIfAbsent(chat, c -> new Gate());
    gate.users++;
    return gate;
  }

  private synchronized void leave(Object chat, Gate gate) {
    gate.users--;
    if (gate.users == 0) {
      gates.remove(chat);
    }
  }

  private static <T> T pass(Gate gate, Supplier<T> work) {
    await(gate.permits);
    try {
      return work.get();
    } finally {
      gate.permits.release();
    }
  }

  private static void await(Semaphore permits) {
    try {
      if (permits.tryAcquire(MAX_WAIT_SECONDS, TimeUnit.SECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new Problem(503, "Busy", "Too many messages of this chat are being stored.", 1);
  }

  /** The number of chats with a message that is being stored or waits. */
  synchronized int chats() {
    return gates.size();
  }
}
