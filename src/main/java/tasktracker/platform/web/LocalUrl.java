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
 * A path of ours with a query of any values: each character that an address cannot hold is encoded. Immutable. Unlike
 * {@code UriBuilder} it takes no brace for a template.
 */
public final class LocalUrl {

  /** What an address holds as it is, beside letters and digits (RFC 3986). */
  private static final String KEPT = "-._~:/?@!$&'()*+,;=";
  private final String path;
  private final Map<String, List<String>> parameters;

  private LocalUrl(String path, Map<String, List<String>> parameters) {
    this.path = path;
    this.parameters = parameters;
  }

  /** @param path as it is written in an address */
  public static LocalUrl of(String path) {
    return new LocalUrl(path, Map.of());
  }

  /**
   * An address that a browser or a link wrote. They leave characters in it that {@link URI} refuses, such as {@code |}:
   * these are encoded, and so is a {@code %} that encodes nothing.
   */
  public static URI parse(String address) {
    return URI.create(encodeIllegal(address));
  }

  /** The same as text, in linear time; also for a part of an address, such as its query. */
  public static String encodeIllegal(String address) {
    StringBuilder encoded = new StringBuilder(address.length());
    int fragment = address.indexOf('#');
    for (int i = 0; i < address.length(); i += Character.charCount(address.codePointAt(i))) {
      int c = address.codePointAt(i);
      boolean isKept = isUnreserved(c) || KEPT.indexOf(c) >= 0 || i == fragment || isEncoded(address, i);
      encoded.append(isKept ? Character.toString(c) : encode(Character.toString(c)).replace("+", "%20"));
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

  /** The same with this value alone for the parameter; without the parameter for null. */
  public LocalUrl with(String name, @Nullable Object value) {
    return value == null ? without(name) : with(name, List.of(String.valueOf(value)));
  }

  /** The same with these values for the parameter. */
  public LocalUrl with(String name, List<String> values) {
    Map<String, List<String>> changed = new LinkedHashMap<>(parameters);
    changed.put(name, values);
    return new LocalUrl(path, changed);
  }

  /** The same without the parameter. */
  public LocalUrl without(String name) {
    return with(name, List.of());
  }

  /** For a redirect. */
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
