package tasktracker.platform.data;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The parsed NATS_URL. The NATS client gets servers and credentials separately, so that its error messages, which contain
 * the server, cannot contain the password.
 *
 * @param servers without credentials
 * @param user null when there is none
 * @param secret the user's password, or a token when there is no user; null when there is none
 */
record BrokerAddress(List<String> servers, @Nullable String user, @Nullable String secret) {

  private static final Pattern SERVER = Pattern.compile("\\s*([A-Za-z]+://)?(?:(.*)@)?([^@]*?)\\s*");

  /** Parses one server or several, separated by commas. The first credentials are used for all servers. */
  static BrokerAddress of(String url) {
    List<Matcher> servers = Stream.of(url.split(",")).map(SERVER::matcher).filter(Matcher::matches).toList();
    String credentials = servers.stream().map(server -> server.group(2)).filter(given -> given != null).findFirst().orElse(null);
    List<String> withoutCredentials = servers.stream()
        .map(server -> (server.group(1) == null ? "nats://" : server.group(1)) + server.group(3)).toList();
    return credentials == null ? new BrokerAddress(withoutCredentials, null, null) : withCredentials(withoutCredentials, credentials);
  }

  private static BrokerAddress withCredentials(List<String> servers, String credentials) {
    int colon = credentials.indexOf(':');
    return colon < 0
        ? new BrokerAddress(servers, null, decode(credentials))
        : new BrokerAddress(servers, decode(credentials.substring(0, colon)), decode(credentials.substring(colon + 1)));
  }

  /** Decodes percent-encoding; a plus sign stays a plus sign. */
  private static String decode(String part) {
    return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return String.join(",", servers);
  }
}
