package tasktracker.platform.web.query;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.data.StorableText;
import tasktracker.platform.web.LocalUrl;
import tasktracker.platform.web.LocalizedMessage;
import tasktracker.platform.web.Preferences;
import tasktracker.platform.web.TimeZones;
import tasktracker.platform.web.problem.Problem;

/**
 * Reads and validates query parameters. A missing or blank parameter gives null or the default; an invalid one is a
 * {@link Problem} of 400 that names it. A resource takes this class as a {@code @BeanParam} and declares by
 * {@link QueryParameters} what it reads: reading any other parameter throws an {@link IllegalStateException}. Used for
 * one request; not thread-safe.
 */
public final class Query {

  private static final int UUID_LENGTH = 36;
  @Context private @Nullable UriInfo uri;
  @Context private @Nullable ResourceInfo resource;
  @Context private @Nullable HttpServletRequest request;
  private final @Nullable MultivaluedMap<String, String> fields;

  /** For JAX-RS, which injects the request. */
  public Query() {
    this(null);
  }

  /** Reads the fields of a form or stored parameters; these need not be declared. */
  public Query(@Nullable MultivaluedMap<String, String> fields) {
    this.fields = fields;
  }

  private List<String> values(String name, boolean isRepeatable) {
    if (fields != null) {
      return fields.getOrDefault(name, List.of());
    }
    declared().require(name, isRepeatable);
    return Objects.requireNonNull(uri).getQueryParameters().getOrDefault(name, List.of());
  }

  private DeclaredParameters declared() {
    return DeclaredParameters.of(Objects.requireNonNull(resource).getResourceClass(), resource.getResourceMethod());
  }

  /** The first value that is not blank, stripped. */
  public @Nullable String text(String name, int maxLength) {
    String value = values(name, false).stream().filter(v -> !v.isBlank()).findFirst().orElse(null);
    return value == null ? null : check(name, value, maxLength).strip();
  }

  /** All values of a repeatable parameter. */
  public List<String> texts(String name, int maxLength) {
    return values(name, true).stream().filter(v -> !v.isBlank()).map(v -> check(name, v, maxLength)).toList();
  }

  private static String check(String name, String value, int maxLength) {
    if (value.length() > maxLength) {
      throw invalid(name, message("text", String.valueOf(maxLength)));
    }
    if (!StorableText.isStorable(value)) {
      throw invalid(name, message("storable"));
    }
    return value;
  }

  /**
   * The id in a parameter; null when it is missing.
   *
   * @throws Problem 400 when it is not a canonical UUID
   */
  public @Nullable UUID id(String name) {
    return read(name, 100, Query::uuid, message("id"));
  }

  /**
   * Parses an id in its canonical form.
   *
   * @throws IllegalArgumentException for any other text, including the short forms that {@link UUID#fromString} accepts
   */
  public static UUID uuid(String text) {
    if (text.length() != UUID_LENGTH) {
      throw new IllegalArgumentException("Not an id");
    }
    return UUID.fromString(text);
  }

  /**
   * A whole number.
   *
   * @param min smallest allowed value
   * @param max largest allowed value
   * @throws Problem 400 when it is not a number from {@code min} to {@code max}
   */
  public int number(String name, int defaultValue, int min, int max) {
    LocalizedMessage expected = message("whole", String.valueOf(min), String.valueOf(max));
    Integer number = read(name, 20, Integer::valueOf, expected);
    if (number != null && (number < min || number > max)) {
      throw invalid(name, expected);
    }
    return number == null ? defaultValue : number;
  }

  /** A number from 0 to 1. */
  public @Nullable Double fraction(String name) {
    return read(name, 30, Query::fractionOf, message("fraction"));
  }

  /** @throws IllegalArgumentException when the text is not a number from 0 to 1 */
  public static Double fractionOf(String text) {
    Double number = Double.valueOf(text);
    if (number >= 0 && number <= 1) {
      return number;
    }
    throw new IllegalArgumentException("Not a number from 0 to 1");
  }

  /** The start of a range: a day {@code 2026-01-31} as its first instant in {@link #timeZone}, or an instant. */
  public @Nullable Instant from(String name) {
    return read(name, 40, text -> DateParser.parseStart(text, timeZone()), message("moment"));
  }

  /** The exclusive end of a range: a day as the first instant of the next day in {@link #timeZone}, or an instant. */
  public @Nullable Instant until(String name) {
    return read(name, 40, text -> DateParser.parseEnd(text, timeZone()), message("moment"));
  }

  /** The time zone of the caller; UTC where there is no request. */
  public ZoneId timeZone() {
    return request == null ? TimeZones.UTC : Preferences.of(request).timeZone();
  }

  private <T> @Nullable T read(String name, int maxLength, Function<String, T> parser, LocalizedMessage expected) {
    String value = text(name, maxLength);
    try {
      return value == null ? null : parser.apply(value);
    } catch (IllegalArgumentException | DateTimeParseException e) {
      throw invalid(name, expected);
    }
  }

  /** All values of a parameter that may be repeated or contain commas; each must be one of the allowed values. */
  public Set<String> among(String name, Set<String> allowed) {
    Set<String> chosen = new LinkedHashSet<>();
    for (String value : values(name, true)) {
      chosen.addAll(List.of(value.split(",")));
    }
    chosen.removeIf(String::isBlank);
    if (!allowed.containsAll(chosen)) {
      throw invalid(name, message("among", join(allowed)));
    }
    return chosen;
  }

  /** One of the allowed values, or the default. */
  public String one(String name, Set<String> allowed, String defaultValue) {
    String value = text(name, 50);
    if (value != null && !allowed.contains(value)) {
      throw invalid(name, message("one", join(allowed)));
    }
    return value == null ? defaultValue : value;
  }

  /** The URL of {@code path} with the declared parameters of this request. */
  public LocalUrl address(String path) {
    LocalUrl address = LocalUrl.of(path);
    for (String name : declared().names()) {
      address = address.with(name, Objects.requireNonNull(uri).getQueryParameters().getOrDefault(name, List.of()));
    }
    return address;
  }

  private static String join(Set<String> allowed) {
    return String.join(", ", new TreeSet<>(allowed));
  }

  private static LocalizedMessage message(String expected, Object... parameters) {
    return LocalizedMessage.of("problem.parameter." + expected, parameters);
  }

  private static Problem invalid(String name, LocalizedMessage expected) {
    return Problem.badRequest(LocalizedMessage.of("problem.parameter", name, expected));
  }
}
