package tasktracker.platform.live.socket;

/** A client broke the protocol or a limit, and its connection must be closed. It has no stack trace, because floods cause it. */
class SocketViolation extends Exception {

  private static final long serialVersionUID = 1L;
  private final CloseCode code;

  /** @param reason for the client, at most 123 bytes */
  SocketViolation(CloseCode code, String reason) {
    super(reason, null, false, false);
    this.code = code;
  }

  CloseCode code() {
    return code;
  }

  String reason() {
    return String.valueOf(getMessage());
  }
}
