package tasktracker.platform.live;

import jakarta.websocket.CloseReason;
import jakarta.websocket.SendResult;
import jakarta.websocket.Session;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.LongAdder;

/**
 * What one listener has still to be sent. It never makes anybody wait: a listener who does not read is cut off when
 * its outbox is full, and resumes from the last number it has.
 */
class Outbox {

  private static final System.Logger LOG = System.getLogger(Outbox.class.getName());
  private static final int CAPACITY = 512;
  private static final LongAdder CUT_OFF = new LongAdder();
  private final Session session;
  private final Deque<String> waiting = new ArrayDeque<>();
  private boolean sending;
  private boolean closed;

  Outbox(Session session) {
    this.session = session;
  }

  void send(String frame) {
    synchronized (this) {
      if (closed) {
        return;
      }
      if (waiting.size() < CAPACITY) {
        waiting.add(frame);
      } else {
        closed = true;
        waiting.clear();
      }
    }
    if (closed) {
      CUT_OFF.increment();
      close(CloseReason.CloseCodes.TRY_AGAIN_LATER, "Too slow; resume from the last number you have");
    } else {
      next();
    }
  }

  /** How many listeners of this process were too slow. */
  static long cutOff() {
    return CUT_OFF.sum();
  }

  private void next() {
    String frame;
    synchronized (this) {
      if (sending || waiting.isEmpty()) {
        return;
      }
      sending = true;
      frame = waiting.poll();
    }
    session.getAsyncRemote().sendText(frame, this::sent);
  }

  private void sent(SendResult result) {
    synchronized (this) {
      sending = false;
    }
    if (result.isOK()) {
      next();
    } else {
      close(CloseReason.CloseCodes.CLOSED_ABNORMALLY, "");
    }
  }

  void close(CloseReason.CloseCode code, String why) {
    synchronized (this) {
      closed = true;
      waiting.clear();
    }
    try {
      session.close(new CloseReason(code == CloseReason.CloseCodes.CLOSED_ABNORMALLY
          ? CloseReason.CloseCodes.UNEXPECTED_CONDITION : code, why));
    } catch (IOException | IllegalStateException e) {
      LOG.log(Level.DEBUG, "Closing a socket that is gone: {0}", e.getMessage());
    }
  }
}
