package tasktracker.platform.web;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * URL of this application: a path and query parameters with any values, which are percent-encoded. Immutable. Unlike
 * {@code UriBuilder} it does not interpret braces as template variables.
 */
public final class LocalUrl {

  /** Characters that need no encoding, besides letters and digits (RFC 3986). */
  private static final String UNESCAPED = "-._~:/?@!$&'()*+,;=";
  private final String path;
  private final Map<String, List<String>> parameters;

  private LocalUrl(String path, Map<String, List<String>> parameters) {
    this.path = path;
    this.parameters = parameters;
  }

  /** @param path an encoded path */
  public static LocalUrl of(String path) {
    return new LocalUrl(path, Map.of());
  }

  /**
   * Parses a URL of a browser or a link. These contain characters that {@link URI} refuses, such as {@code |}: they are
   * encoded, and so is a {@code %} without two hexadecimal digits after it.
   */
  public static URI parse(String address) {
    return URI.create(encodeIllegal(address));
  }

  /** Encodes the illegal characters of a URL, or of a part of it such as the query, in linear time. */
  public static String encodeIllegal(String address) {
    StringBuilder encoded = new StringBuilder(address.length());
    int fragment = address.indexOf('#');
    for (int i = 0; i < address.length(); i += Character.charCount(address.codePointAt(i))) {
      int c = address.codePointAt(i);
      boolean isUnescaped = isUnreserved(c) || UNESCAPED.indexOf(c) >= 0 || i == fragment || isEncoded(address, i);
      encoded.append(isUnescaped ? Character.toString(c) : encode(Character.toString(c)).replace("+", "%20"));
    }
    return encoded.toString();
  }

  private static boolean isUnreserved(int c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
  }

  private static boolean isEncoded(String address, int i) {
    return address.charAt(i) == '%' && i + 2 < address.length() && HexFormat.isHexDigit(address.charAt(i + 1))
        && HexFormat.isHexDigit(address.charAt(i + 2));
  }

  /** Returns a copy with this single value for the parameter; without the parameter for null. */
  public LocalUrl with(String name, @Nullable Object value) {
    return value == null ? without(name) : with(name, List.of(String.valueOf(value)));
  }

  /** Returns a copy with these values for the parameter. */
  public LocalUrl with(String name, List<String> values) {
    Map<String, List<String>> changed = new LinkedHashMap<>(parameters);
    changed.put(name, values);
    return new LocalUrl(path, changed);
  }

  /** Returns a copy without the parameter. */
  public LocalUrl without(String name) {
    return with(name, List.of());
  }

  /** The URL as a URI, for redirects. */
  public URI uri() {
    return URI.create(toString());
  }

  @Override
  public String toString() {
    String query = parameters.entrySet().stream()
        .flatMap(p -> p.getValue().stream().map(value -> encode(p.getKey()) + "=" + encode(value))).collect(Collectors.joining("&"));
    return query.isEmpty() ? path : path + "?" + query;
  }

  private static String encode(String text) {
    return Objects.requireNonNull(URLEncoder.encode(text, StandardCharsets.UTF_8));
  }
}
