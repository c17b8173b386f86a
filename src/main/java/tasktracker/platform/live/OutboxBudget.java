package tasktracker.platform.live;

import java.util.concurrent.atomic.AtomicLong;

/** How many bytes the outboxes of this node hold in all; what several hold counts once. Thread-safe. */
class OutboxBudget {

  private final long most;
  private final AtomicLong held = new AtomicLong();

  OutboxBudget(long most) {
    this.most = most;
  }

  /** False when the node's outboxes are full. */
  boolean hold(OutgoingFrame frame) {
    if (frame.hold() && held.addAndGet(frame.size()) > most) {
      release(frame);
      return false;
    }
    return true;
  }

  void release(OutgoingFrame frame) {
    if (frame.release()) {
      held.addAndGet(-frame.size());
    }
  }

  long held() {
    return held.get();
  }
}
