package tasktracker.platform.security;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.web.LocalizedMessage;
import tasktracker.platform.web.problem.FormError;
import tasktracker.platform.web.problem.Problem;
import tasktracker.platform.web.query.Query;

/** Parses parameters and bodies of requests in this package. */
public final class RequestReader {

  private RequestReader() {}

  /** @throws Problem 422 */
  public static Role role(@Nullable String wire) {
    return Role.of(wire).orElseThrow(() -> FormError.invalid("role"));
  }

  /** A time that the function parses; null when it is blank. @throws Problem 400 */
  public static @Nullable Instant instant(String name, @Nullable String given, Function<String, Instant> parser) {
    if (given == null || given.isBlank()) {
      return null;
    }
    try {
      return parser.apply(given);
    } catch (DateTimeParseException e) {
      throw Problem.badRequest(LocalizedMessage.of("problem.parameter", name, LocalizedMessage.of("problem.parameter.moment")));
    }
  }

  /** @throws Problem 400 */
  public static @Nullable UUID id(String name, @Nullable String given) {
    try {
      return given == null || given.isBlank() ? null : Query.uuid(given);
    } catch (IllegalArgumentException e) {
      throw Problem.badRequest(LocalizedMessage.of("problem.parameter", name, LocalizedMessage.of("problem.parameter.id")));
    }
  }

  /** The stripped text, or null when it is blank. */
  public static @Nullable String text(@Nullable String given) {
    return Optional.ofNullable(given).map(String::strip).filter(t -> !t.isEmpty()).orElse(null);
  }

  /** The required body. @throws Problem 400 */
  public static <T> T body(@Nullable T body) {
    return Optional.ofNullable(body).orElseThrow(() -> Problem.badRequest("A JSON object is expected."));
  }
}
