package tasktracker.source.telegram;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.web.Problem;

/**
 * A bulkhead for each chat: a node stores only so many updates of one chat at the same time, and others of that chat
 * wait in the order in which they came. A flood in one chat thus leaves processors and connections of the database to
 * all other chats. Thread-safe; knows only the chats that have an update here at the moment.
 */
@ApplicationScoped
class ChatBulkhead {

  /** Enough to keep processors and disk busy, and a small share of the usual pool of connections. */
  static final int LIMIT = 4;
  private static final int PATIENCE_S = 5;

  private final Map<Long, Gate> gates = new HashMap<>();

  /** Where updates of one chat pass. */
  private static final class Gate {
    private final Semaphore places = new Semaphore(LIMIT, true);
    private int users;
  }

  /**
   * Runs the work as soon as the chat has room for it.
   *
   * @param chat id of the chat; null for work that belongs to none and never waits
   * @throws Problem 503 when there was no room for five seconds
   */
  void run(@Nullable Long chat, Runnable work) {
    if (chat == null) {
      work.run();
      return;
    }
    Gate gate = enter(chat);
    try {
      pass(gate, work);
    } finally {
      leave(chat, gate);
    }
  }

  private synchronized Gate enter(Long chat) {
    Gate gate = gates.computeIfAbsent(chat, c -> new Gate());
    gate.users++;
    return gate;
  }

  private synchronized void leave(Long chat, Gate gate) {
    gate.users--;
    if (gate.users == 0) {
      gates.remove(chat);
    }
  }

  private static void pass(Gate gate, Runnable work) {
    await(gate.places);
    try {
      work.run();
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
    throw new Problem(503, "Busy", "Too many updates of this chat are being stored.", 1);
  }

  /** How many chats have an update here. */
  synchronized int chats() {
    return gates.size();
  }
}
