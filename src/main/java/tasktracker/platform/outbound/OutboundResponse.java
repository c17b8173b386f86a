package tasktracker.platform.outbound;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A response whose body was read within the limits. Redirects are not followed: a status of 300 to 399 is a response like
 * any other.
 */
public record OutboundResponse(int status, Map<String, List<String>> headers, byte[] body) {

  /** Reads a response while it arrives. The stream ends with an {@link OutboundException} at a limit. */
  @FunctionalInterface
  public interface Reader<T> {
    T read(int status, Map<String, List<String>> headers, InputStream body) throws java.io.IOException;
  }

  /** @param headers names in any case */
  public OutboundResponse {
    Map<String, List<String>> byName = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    byName.putAll(headers);
    headers = byName;
  }

  public boolean isSuccessful() {
    return status >= 200 && status < 300;
  }

  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  public Optional<String> header(String name) {
    return headers.getOrDefault(name, List.of()).stream().findFirst();
  }
}
