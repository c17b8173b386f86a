package tasktracker.platform.security.request;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.web.LocalizedMessage;
import tasktracker.platform.web.problem.Problem;

/** The fields of a query string and of a form ({@code application/x-www-form-urlencoded}), read in linear time. */
public final class FormFields {

  /** The largest form of the product has about 600 fields: a list of messages to delete. */
  public static final int MAX_FIELDS = 2_000;
  private final Map<String, List<String>> values = new LinkedHashMap<>();
  private int count;

  /** True for the media type of plain forms. */
  public static boolean isForm(@Nullable String contentType) {
    return mediaType(contentType).equals("application/x-www-form-urlencoded");
  }

  static String mediaType(@Nullable String contentType) {
    String type = Optional.ofNullable(contentType).orElse("");
    int semicolon = type.indexOf(';');
    return (semicolon < 0 ? type : type.substring(0, semicolon)).strip().toLowerCase(Locale.ROOT);
  }

  /**
   * Adds all fields of {@code a=1&b=2}.
   *
   * @throws Problem 400 when its encoding is invalid, or it has more than {@link #MAX_FIELDS} fields
   */
  void add(@Nullable String pairs) {
    String all = Optional.ofNullable(pairs).orElse("");
    for (int from = 0; from < all.length();) {
      int end = all.indexOf('&', from);
      end = end < 0 ? all.length() : end;
      if (end > from) {
        addPair(all.substring(from, end));
      }
      from = end + 1;
    }
  }

  private void addPair(String pair) {
    if (++count > MAX_FIELDS) {
      throw Problem.badRequest(LocalizedMessage.of("problem.form.fields", MAX_FIELDS));
    }
    int equals = pair.indexOf('=');
    String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
    values.computeIfAbsent(name, n -> new ArrayList<>()).add(equals < 0 ? "" : decoded(pair.substring(equals + 1)));
  }

  private static String decoded(String value) {
    try {
      return URLDecoder.decode(value, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw Problem.badRequest(LocalizedMessage.of("problem.form.encoding"));
    }
  }

  /** All fields in their order, each with its values. */
  Map<String, String[]> values() {
    Map<String, String[]> all = new LinkedHashMap<>();
    values.forEach((name, given) -> all.put(name, given.toArray(String[]::new)));
    return all;
  }
}
