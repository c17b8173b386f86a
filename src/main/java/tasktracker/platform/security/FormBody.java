package tasktracker.platform.security;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.web.Problem;
import tasktracker.platform.web.Saying;

/** A form that has been looked into and can still be read by whoever it is meant for, as a stream or field by field. */
final class FormBody extends SmallBody {

  private static final int LONGEST = 1 << 20;
  private final Map<String, String[]> fields = new LinkedHashMap<>();

  private FormBody(HttpServletRequest request, byte[] bytes) {
    super(request, bytes);
    read(request.getQueryString());
    read(new String(bytes, StandardCharsets.UTF_8));
  }

  /** True for the one kind of body that plain forms send and that is small enough to be looked into. */
  static boolean isForm(HttpServletRequest request) {
    return mediaType(request).equals("application/x-www-form-urlencoded");
  }

  static String mediaType(HttpServletRequest request) {
    String type = Optional.ofNullable(request.getContentType()).orElse("");
    return type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
  }

  /** @throws Problem 413 when it has more than a mebibyte, 400 when it is not encoded as forms are */
  static FormBody of(HttpServletRequest request) throws IOException {
    return new FormBody(request, upTo(LONGEST, request, "problem.form.large"));
  }

  private void read(@Nullable String pairs) {
    Stream.of(Optional.ofNullable(pairs).orElse("").split("&")).filter(p -> !p.isEmpty()).map(p -> p.split("=", 2))
        .forEach(p -> fields.merge(decoded(p[0]), new String[] {p.length == 2 ? decoded(p[1]) : ""},
            (a, b) -> Stream.of(a, b).flatMap(Stream::of).toArray(String[]::new)));
  }

  private static String decoded(String value) {
    try {
      return URLDecoder.decode(value, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw Problem.badRequest(Saying.of("problem.form.encoding"));
    }
  }

  /** The first value of a field that the body itself holds. */
  @Nullable String inBody(String name) {
    return Stream.of(new String(bytes, StandardCharsets.UTF_8).split("&")).map(p -> p.split("=", 2))
        .filter(p -> p.length == 2 && p[0].equals(name)).map(p -> decoded(p[1])).findFirst().orElse(null);
  }

  @Override
  public @Nullable String getParameter(String name) {
    String[] values = fields.get(name);
    return values == null ? null : values[0];
  }

  @Override
  public String @Nullable [] getParameterValues(String name) {
    return fields.get(name);
  }

  @Override
  public Map<String, String[]> getParameterMap() {
    return Collections.unmodifiableMap(fields);
  }

  @Override
  public Enumeration<String> getParameterNames() {
    return Collections.enumeration(fields.keySet());
  }
}
