package tasktracker.platform.live.socket;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Send queue of one client: at most 512 frames and 256 KiB (a single frame may be larger). Not thread-safe:
 * {@link SocketConnection} guards it.
 */
public class Outbox {

  public static final int MAX_FRAMES = 512;
  public static final int MAX_BYTES = 256 << 10;
  private static final LongAdder CUT_OFF = new LongAdder();
  private final OutboxBudget node;
  private final Deque<OutgoingFrame> waiting = new ArrayDeque<>();
  private long bytes;

  Outbox(OutboxBudget node) {
    this.node = node;
  }

  /** Returns false when the queue is full because the client does not read. */
  boolean offer(OutgoingFrame frame) {
    boolean hasRoom = waiting.isEmpty() || waiting.size() < MAX_FRAMES && bytes + frame.size() <= MAX_BYTES;
    if (!hasRoom || !node.reserve(frame)) {
      CUT_OFF.increment();
      return false;
    }
    waiting.add(frame);
    bytes += frame.size();
    return true;
  }

  @Nullable
  OutgoingFrame poll() {
    OutgoingFrame next = waiting.poll();
    if (next != null) {
      bytes -= next.size();
      node.release(next);
    }
    return next;
  }

  void clear() {
    waiting.forEach(node::release);
    waiting.clear();
    bytes = 0;
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  /** Number of clients of this process that were disconnected because they were too slow. */
  public static long cutOff() {
    return CUT_OFF.sum();
  }
}
