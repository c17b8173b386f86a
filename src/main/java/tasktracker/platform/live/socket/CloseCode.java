package tasktracker.platform.live.socket;

/** Close codes of a WebSocket (RFC 6455, 7.4.1). */
public enum CloseCode {
  NORMAL(1000),
  GOING_AWAY(1001),
  PROTOCOL_ERROR(1002),
  /** The client sent binary data, which is not accepted. */
  UNSUPPORTED_DATA(1003),
  /** The connection was lost without a close frame, in the network or at a proxy. Never sent. */
  ABNORMAL(1006),
  /** The client sent text that is not UTF-8. */
  INVALID_DATA(1007),
  POLICY_VIOLATION(1008),
  MESSAGE_TOO_BIG(1009),
  INTERNAL_ERROR(1011),
  SERVICE_RESTART(1012),
  TRY_AGAIN_LATER(1013);

  private final int number;

  CloseCode(int number) {
    this.number = number;
  }

  /** The status code in a close frame (RFC 6455, 7.4). */
  public int number() {
    return number;
  }

  /** Returns whether a client may send this code in its close frame. */
  static boolean isAllowedFromClient(int number) {
    return number >= 1000 && number <= 1014 && (number < 1004 || number > 1006) || number >= 3000 && number <= 4999;
  }
}
