package tasktracker.source.telegram;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The public URL of the server, in the form that Telegram accepts. */
public final class PublicUrl {

  /** Path of the webhook. */
  static final String PATH = "/webhook/telegram";
  private static final Set<Integer> PORTS = Set.of(-1, 443, 80, 88, 8443);
  private static final String PRIVATE = "localhost|.*\\.(local|internal|lan)|127\\..*|10\\..*"
      + "|192\\.168\\..*|169\\.254\\..*|172\\.(1[6-9]|2\\d|3[01])\\..*|0\\..*|\\[.*";

  private PublicUrl() {}

  /** Parses the URL and removes a trailing slash; the path of the webhook may be included. */
  public static String of(@Nullable String typed) {
    String text = typed == null ? "" : typed.strip();
    if (text.isEmpty()) {
      throw new InvalidInput("url.empty", "Enter the public URL.");
    }
    if (text.toLowerCase(Locale.ROOT).startsWith("http://")) {
      throw new InvalidInput("url.http", "Telegram delivers only over HTTPS. Enter a URL that begins with https://.");
    }
    return checked(uri(text));
  }

  private static URI uri(String text) {
    try {
      URI uri = new URI(text.contains("://") ? text : "https://" + text);
      if ("https".equalsIgnoreCase(uri.getScheme()) && uri.getHost() != null && uri.getRawUserInfo() == null
          && uri.getRawQuery() == null && uri.getRawFragment() == null && text.length() <= 200) {
        return uri;
      }
    } catch (URISyntaxException e) {
      // told below, together with what is an address and yet none of ours
    }
    throw new InvalidInput("url.form", "Enter a valid URL, such as https://tracker.example.com.");
  }

  private static String checked(URI uri) {
    String path = uri.getRawPath().replaceFirst("/+$", "");
    String host = uri.getHost().toLowerCase(Locale.ROOT);
    if (!path.isEmpty() && !path.equals(PATH)) {
      throw new InvalidInput("url.path", "Enter the URL without a path. The webhook path is always " + PATH + ".");
    }
    if (!PORTS.contains(uri.getPort())) {
      throw new InvalidInput("url.port", "Telegram delivers only to ports 443, 80, 88 and 8443.");
    }
    if (host.matches(PRIVATE) || !host.contains(".")) {
      throw new InvalidInput("url.private", "Telegram cannot reach this host from the internet. Use a public name or long polling.");
    }
    return "https://" + host + (uri.getPort() == -1 || uri.getPort() == 443 ? "" : ":" + uri.getPort());
  }
}
