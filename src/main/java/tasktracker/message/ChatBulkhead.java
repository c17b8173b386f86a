package tasktracker.message;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.web.Problem;

/**
 * A bulkhead for each chat: a node stores only so many messages of one chat at the same time, and others of that chat
 * wait in the order in which they came. A flood in one chat thus leaves processors and connections of the database to
 * all other chats. Thread-safe; knows only the chats that have a message here at the moment.
 */
@ApplicationScoped
public class ChatBulkhead {

  /** Enough to keep processors and disk busy, and a small share of the usual pool of connections. */
  static final int LIMIT = 4;
  private static final int PATIENCE_S = 5;

  private final Map<Object, Gate> gates = new HashMap<>();

  /** Where updates of one chat pass. */
  private static final class Gate {
    private final Semaphore places = new Semaphore(LIMIT, true);
    private int users;
  }

  /**
   * Runs the work as soon as the chat has room for it.
   *
   * @param chat what tells the chat from others, of a bounded size; null for work that belongs to none and never waits
   * @throws Problem 503 when there was no room for five seconds
   */
  public void run(@Nullable Object chat, Runnable work) {
    get(chat, () -> {
      work.run();
      return true;
    });
  }

  /** The same for work that has a result. No transaction should be open: what waits must hold no connection. */
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
    await(gate.places);
    try {
      return work.get();
    } finally {
      gate.places.release();
    }
  }

  private static void await(Semaphore places) {
    try {
      if (places.tryAcquire(PATIENCE_S, TimeUnit.SECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new Problem(503, "Busy", "Too many messages of this chat are being stored.", 1);
  }

  /** How many chats have a message here. */
  synchronized int chats() {
    return gates.size();
  }
}
