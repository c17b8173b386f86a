package tasktracker.platform.web;

import jakarta.ws.rs.core.MultivaluedMap;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Reads query parameters and says in words which one is wrong. A parameter that is missing or blank gives null, or
 * the default; each wrong one is a {@link Problem} of 400.
 */
public record Query(MultivaluedMap<String, String> parameters) {

  public @Nullable String text(String name, int maxLength) {
    String value = parameters.getFirst(name);
    if (value == null || value.isBlank()) {
      return null;
    }
    if (value.length() > maxLength || value.indexOf('\0') >= 0) {
      throw wrong(name, say("text", String.valueOf(maxLength)));
    }
    return value.strip();
  }

  public @Nullable UUID id(String name) {
    String value = text(name, 36);
    try {
      return value == null ? null : UUID.fromString(value);
    } catch (IllegalArgumentException e) {
      throw wrong(name, say("id"));
    }
  }

  public int number(String name, int usual, int min, int max) {
    String value = text(name, 20);
    try {
      int number = value == null ? usual : Integer.parseInt(value);
      if (number >= min && number <= max) {
        return number;
      }
    } catch (NumberFormatException e) {
      // said below, in the same words
    }
    throw wrong(name, say("whole", String.valueOf(min), String.valueOf(max)));
  }

  public @Nullable Double fraction(String name) {
    String value = text(name, 30);
    try {
      Double number = value == null ? null : Double.valueOf(value);
      if (number == null || number >= 0 && number <= 1) {
        return number;
      }
    } catch (NumberFormatException e) {
      // said below, in the same words
    }
    throw wrong(name, say("fraction"));
  }

  /** A day {@code 2026-01-31} as its first instant in UTC, or an instant as it is. */
  public @Nullable Instant from(String name) {
    return instant(name, 0);
  }

  /** A day as the instant after its last one, or an instant as it is: the end of a half-open range. */
  public @Nullable Instant until(String name) {
    return instant(name, 1);
  }

  private @Nullable Instant instant(String name, int plusDays) {
    String value = text(name, 40);
    try {
      if (value == null) {
        return null;
      }
      return value.length() == 10 ? LocalDate.parse(value).plusDays(plusDays).atStartOfDay(ZoneOffset.UTC).toInstant()
          : Instant.parse(value);
    } catch (DateTimeParseException e) {
      throw wrong(name, say("moment"));
    }
  }

  /** All values of a parameter that may be repeated or hold commas, each among those allowed. */
  public Set<String> among(String name, Set<String> allowed) {
    Set<String> chosen = new LinkedHashSet<>();
    for (String value : parameters.getOrDefault(name, List.of())) {
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

  private static String listed(Set<String> allowed) {
    return String.join(", ", new TreeSet<>(allowed));
  }

  private static Saying say(String wanted, Object... parameters) {
    return Saying.of("problem.parameter." + wanted, parameters);
  }

  private static Problem wrong(String name, Saying wanted) {
    return Problem.badRequest(Saying.of("problem.parameter", name, wanted));
  }
}
