package tasktracker.platform.live.socket;

import java.util.concurrent.atomic.AtomicLong;

/** Memory limit for all outboxes of this node; a frame in several outboxes counts once. Thread-safe. */
public class OutboxBudget {

  private final long maxBytes;
  private final AtomicLong reservedBytes = new AtomicLong();

  public OutboxBudget(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  /** Returns false when the limit is reached. */
  boolean reserve(OutgoingFrame frame) {
    if (frame.retain() && reservedBytes.addAndGet(frame.size()) > maxBytes) {
      release(frame);
      return false;
    }
    return true;
  }

  void release(OutgoingFrame frame) {
    if (frame.release()) {
      reservedBytes.addAndGet(-frame.size());
    }
  }

  long reservedBytes() {
    return reservedBytes.get();
  }
}
