package tasktracker.platform.live.socket;

/** Callbacks of one connection. Called by one thread at a time; must not block. */
public interface SocketHandler {

  /** The connection is open and accepts frames. */
  void open();

  /** A text message was received. */
  void text(String message);

  /** Any frame was received. */
  void alive();

  /** The connection has ended; called once. @param code 1006 when there was no close frame */
  void ended(int code);
}
