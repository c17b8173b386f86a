package tasktracker.platform.outbound;

import java.net.IDN;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A host name or address with a port, as in the list of allowed addresses.
 *
 * @param host in lower case and ASCII; an IPv6 address without brackets
 */
public record HostAndPort(String host, int port) {

  private static final Pattern HOST = Pattern.compile("[a-z0-9._-]{1,253}|[0-9a-f:.]{2,45}");
  private static final Pattern TEXT = Pattern.compile("(?:\\[([0-9a-fA-F:.]+)]|([^\\s:/\\[\\]]+)):(\\d{1,5})");
  private static final int MAX_PORT = 65_535;

  /** The host and port that a URL leads to; empty when it is neither http nor https, has no host or contains a user. */
  public static Optional<HostAndPort> of(URI url) {
    String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
    boolean isWeb = scheme.equals("http") || scheme.equals("https");
    if (!isWeb || url.getHost() == null || url.getRawUserInfo() != null) {
      return Optional.empty();
    }
    int port = url.getPort() >= 0 ? url.getPort() : scheme.equals("https") ? 443 : 80;
    return of(url.getHost().replaceAll("^\\[|]$", ""), port);
  }

  /** Reads {@code host:port}, or {@code [address]:port} for IPv6. */
  public static Optional<HostAndPort> parse(String text) {
    var parts = TEXT.matcher(text.strip());
    return parts.matches()
        ? of(parts.group(1) == null ? parts.group(2) : parts.group(1), Integer.parseInt(parts.group(3)))
        : Optional.empty();
  }

  private static Optional<HostAndPort> of(String host, int port) {
    String name = normalize(host);
    return HOST.matcher(name).matches() && port >= 1 && port <= MAX_PORT ? Optional.of(new HostAndPort(name, port)) : Optional.empty();
  }

  /** A host in lower case and ASCII, without the dot that ends a complete name; empty when that is not possible. */
  static String normalize(String host) {
    try {
      String ascii = host.indexOf(':') >= 0 ? host : IDN.toASCII(host);
      return ascii.toLowerCase(Locale.ROOT).replaceFirst("\\.$", "");
    } catch (IllegalArgumentException notAName) {
      return "";
    }
  }

  @Override
  public String toString() {
    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
  }
}
