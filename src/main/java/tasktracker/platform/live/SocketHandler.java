package tasktracker.platform.live;

/** What is done with one connection. Called by one thread at a time; must not block. */
interface SocketHandler {

  /** The connection is open and takes frames. */
  void open();

  /** A message came. */
  void text(String message);

  /** The client showed that it lives. */
  void alive();

  /** It has ended, once. @param code 1006 when nobody said goodbye */
  void ended(int code);
}
