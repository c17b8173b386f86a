package tasktracker.platform.outbound;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request.
 *
 * @param body text in UTF-8, or null for none
 */
public record OutboundRequest(String method, URI url, Map<String, String> headers, @Nullable String body) {

  public static OutboundRequest get(URI url) {
    return new OutboundRequest("GET", url, Map.of("Accept", "application/json"), null);
  }

  public static OutboundRequest postJson(URI url, String body) {
    return new OutboundRequest("POST", url, Map.of("Accept", "application/json", "Content-Type", "application/json"), body);
  }

  public OutboundRequest withHeader(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new OutboundRequest(method, url, more, body);
  }

  @Override
  public String toString() {
    return method + " " + url.getScheme() + "://" + url.getRawAuthority() + url.getRawPath();
  }
}
