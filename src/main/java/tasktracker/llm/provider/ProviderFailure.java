package tasktracker.llm.provider;

import java.net.URI;
import java.util.Locale;
import tasktracker.platform.outbound.HostAndPort;
import tasktracker.platform.outbound.OutboundException;
import tasktracker.platform.web.LocalizedMessage;

/**
 * A provider cannot be used. Its message contains neither the key nor what the provider answered.
 */
public final class ProviderFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final String reason;
  private final String detail;

  /**
   * @param reason the end of the message key: one of {@link OutboundException.Reason}, or unauthorized, not_found, rate_limited,
   *     redirected, status, invalid_json, secret_unreadable
   * @param detail the parameter of the message: host and port, or a status
   */
  ProviderFailure(String reason, String detail) {
    super(message(reason, detail).english());
    this.reason = reason;
    this.detail = detail;
  }

  static ProviderFailure of(OutboundException failure, URI url) {
    boolean isRestricted = failure.reason() == OutboundException.Reason.ADDRESS_REFUSED && failure.canBeAllowed().isEmpty();
    return new ProviderFailure(isRestricted ? "restricted" : failure.reason().wire(), target(url));
  }

  static ProviderFailure ofStatus(int status, URI url) {
    return switch (status) {
      case 401, 403 -> new ProviderFailure("unauthorized", target(url));
      case 404, 405 -> new ProviderFailure("not_found", target(url));
      case 429 -> new ProviderFailure("rate_limited", target(url));
      default -> status >= 300 && status < 400
          ? new ProviderFailure("redirected", target(url))
          : new ProviderFailure("status", String.valueOf(status));
    };
  }

  private static String target(URI url) {
    return HostAndPort.of(url).map(HostAndPort::toString).orElse("");
  }

  /** The message for people. */
  static LocalizedMessage message(String reason, String detail) {
    boolean isOfClient = java.util.Arrays.stream(OutboundException.Reason.values()).anyMatch(r -> r.wire().equals(reason))
        || reason.equals("restricted");
    return LocalizedMessage.of((isOfClient ? "outbound.reason." : "provider.reason.") + reason, detail);
  }

  /** The message for people, in any language. */
  public LocalizedMessage text() {
    return message(reason, detail);
  }

  /** The message in this language. */
  public String message(Locale locale) {
    return message(reason, detail).in(locale);
  }

  public String reason() {
    return reason;
  }

  public String detail() {
    return detail;
  }
}
