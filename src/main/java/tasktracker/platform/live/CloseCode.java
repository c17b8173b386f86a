package tasktracker.platform.live;

/** Why a WebSocket ends, as RFC 6455 (7.4.1) numbers it. */
enum CloseCode {
  NORMAL(1000),
  GOING_AWAY(1001),
  PROTOCOL_ERROR(1002),
  /** Data of a kind that is not accepted here: binary. */
  UNSUPPORTED_DATA(1003),
  /** No close frame came: the network or a proxy cut the connection. Never sent. */
  ABNORMAL(1006),
  /** Text that is not UTF-8. */
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

  int number() {
    return number;
  }

  /** Whether a client may send this number in its close frame. */
  static boolean isAllowedFromClient(int number) {
    return number >= 1000 && number <= 1014 && (number < 1004 || number > 1006) || number >= 3000 && number <= 4999;
  }
}
