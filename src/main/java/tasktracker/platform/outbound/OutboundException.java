package tasktracker.platform.outbound;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A request failed without a complete response. Its message never contains headers, bodies or query strings. */
public final class OutboundException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Why. */
  public enum Reason {
    /** The URL is not one of http or https with a host and without a user. */
    INVALID_URL,
    /** The host leads to this machine or its network and is not on the list of allowed addresses. */
    ADDRESS_REFUSED,
    UNKNOWN_HOST,
    UNREACHABLE,
    /** The certificate is not valid for the host, or TLS failed otherwise. */
    TLS,
    TIMEOUT,
    TOO_LARGE,
    /** The response is not HTTP, or the connection ended early. */
    INVALID_RESPONSE;

    /** The end of the message key. */
    public String wire() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  private final Reason reason;
  private final transient @Nullable HostAndPort refused;

  OutboundException(Reason reason, String message, @Nullable Throwable cause, @Nullable HostAndPort refused) {
    super(message, cause);
    this.reason = reason;
    this.refused = refused;
  }

  public Reason reason() {
    return reason;
  }

  /** What an administrator can allow so that the request is made; empty when that does not help. */
  public Optional<HostAndPort> canBeAllowed() {
    return Optional.ofNullable(refused);
  }
}
