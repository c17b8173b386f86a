package tasktracker.platform.web;

import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
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

/**
 * Reads query parameters and says in words which one is wrong. A parameter that is missing or blank gives null, or the
 * default; each wrong one is a {@link Problem} of 400. A resource takes it as a {@code @BeanParam} and declares by
 * {@link QueryParameters} what it reads: reading anything else is an {@link IllegalStateException}. For one request,
 * and one thread.
 */
public final class Query {

  private static final int UUID_LENGTH = 36;
  @Context private @Nullable UriInfo uri;
  @Context private @Nullable ResourceInfo resource;
  private final @Nullable MultivaluedMap<String, String> fields;

  /** For JAX-RS, which fills it from the request. */
  public Query() {
    this(null);
  }

  /** Reads the fields of a form, or parameters that were written down; these need not be declared. */
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

  /** The first text that is not blank, without spaces around it. */
  public @Nullable String text(String name, int maxLength) {
    String value = values(name, false).stream().filter(v -> !v.isBlank()).findFirst().orElse(null);
    return value == null ? null : checked(name, value, maxLength).strip();
  }

  /** All texts of a parameter that may be repeated. */
  public List<String> texts(String name, int maxLength) {
    return values(name, true).stream().filter(v -> !v.isBlank()).map(v -> checked(name, v, maxLength)).toList();
  }

  private static String checked(String name, String value, int maxLength) {
    if (value.length() > maxLength) {
      throw wrong(name, say("text", String.valueOf(maxLength)));
    }
    if (!StorableText.isStorable(value)) {
      throw wrong(name, say("storable"));
    }
    return value;
  }

  public @Nullable UUID id(String name) {
    return read(name, 100, Query::uuid, say("id"));
  }

  /**
   * An id as we write them.
   *
   * @throws IllegalArgumentException for anything else, also for the short forms that {@link UUID#fromString} takes
   */
  public static UUID uuid(String text) {
    if (text.length() != UUID_LENGTH) {
      throw new IllegalArgumentException("No id");
    }
    return UUID.fromString(text);
  }

  public int number(String name, int usual, int min, int max) {
    LocalizedMessage wanted = say("whole", String.valueOf(min), String.valueOf(max));
    Integer number = read(name, 20, Integer::valueOf, wanted);
    if (number != null && (number < min || number > max)) {
      throw wrong(name, wanted);
    }
    return number == null ? usual : number;
  }

  /** A number from 0 to 1. */
  public @Nullable Double fraction(String name) {
    return read(name, 30, Query::fractionOf, say("fraction"));
  }

  /** @throws IllegalArgumentException for what is no number from 0 to 1 */
  public static Double fractionOf(String text) {
    Double number = Double.valueOf(text);
    if (number >= 0 && number <= 1) {
      return number;
    }
    throw new IllegalArgumentException("No number from 0 to 1");
  }

  /** A day {@code 2026-01-31} as its first instant in UTC, or an instant as it is. */
  public @Nullable Instant from(String name) {
    return read(name, 40, DateParser::start, say("moment"));
  }

  /** A day as the instant after its last one, or an instant as it is: the end of a half-open range. */
  public @Nullable Instant until(String name) {
    return read(name, 40, DateParser::end, say("moment"));
  }

  private <T> @Nullable T read(String name, int maxLength, Function<String, T> reading, LocalizedMessage wanted) {
    String value = text(name, maxLength);
    try {
      return value == null ? null : reading.apply(value);
    } catch (IllegalArgumentException | DateTimeParseException e) {
      throw wrong(name, wanted);
    }
  }

  /** All values of a parameter that may be repeated or hold commas, each among those allowed. */
  public Set<String> among(String name, Set<String> allowed) {
    Set<String> chosen = new LinkedHashSet<>();
    for (String value : values(name, true)) {
      chosen.addAll(List.of(value.split(",")));
    }
    chosen.removeIf(String::isBlank);
    if (!allowed.containsAll(chosen)) {
      throw wrong(name, say("among", listed(allowed)));
    }
    return chosen;
  }

  /** One value among those allowed, or the usual one. */
  public String one(String name, Set<String> allowed, String usual) {
    String value = text(name, 50);
    if (value != null && !allowed.contains(value)) {
      throw wrong(name, say("one", listed(allowed)));
    }
    return value == null ? usual : value;
  }

  /** The address below {@code path} with the declared parameters as they were given. */
  public LocalUrl address(String path) {
    LocalUrl address = LocalUrl.of(path);
    for (String name : declared().names()) {
      address = address.with(name, Objects.requireNonNull(uri).getQueryParameters().getOrDefault(name, List.of()));
    }
    return address;
  }

  private static String listed(Set<String> allowed) {
    return String.join(", ", new TreeSet<>(allowed));
  }

  private static LocalizedMessage say(String wanted, Object... parameters) {
    return LocalizedMessage.of("problem.parameter." + wanted, parameters);
  }

  private static Problem wrong(String name, LocalizedMessage wanted) {
    return Problem.badRequest(LocalizedMessage.of("problem.parameter", name, wanted));
  }
}
