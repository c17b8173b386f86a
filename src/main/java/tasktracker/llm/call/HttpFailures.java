package tasktracker.llm.call;

import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tasktracker.llm.call.CallFailure.Kind;

/** What a status of HTTP means for a call. */
final class HttpFailures {

  private static final Duration LONGEST_WAIT = Duration.ofHours(1);

  private HttpFailures() {}

  /** The failure that a response other than 2xx stands for. The body is not repeated: it may contain the prompt. */
  static CallFailure of(int status, @Nullable String retryAfter, @Nullable Throwable cause) {
    Kind kind = switch (status) {
      case 401, 403 -> Kind.UNAUTHORIZED;
      case 408 -> Kind.TIMEOUT;
      case 429 -> Kind.RATE_LIMITED;
      default -> status >= 500 ? Kind.UNAVAILABLE : status >= 300 && status < 400 ? Kind.ADDRESS : Kind.REFUSED;
    };
    return new CallFailure(kind, "The provider answered with HTTP status " + status, parse(retryAfter, Instant.now()), cause);
  }

  /** {@code Retry-After} as seconds or as a date; at most an hour; null when there is none. */
  static @Nullable Duration parse(@Nullable String retryAfter, Instant now) {
    if (retryAfter == null || retryAfter.isBlank()) {
      return null;
    }
    try {
      Duration wait = retryAfter.strip().chars().allMatch(Character::isDigit)
          ? Duration.ofSeconds(Long.parseLong(retryAfter.strip()))
          : Duration.between(now, ZonedDateTime.parse(retryAfter.strip(), DateTimeFormatter.RFC_1123_DATE_TIME.withLocale(Locale.ROOT)));
      return wait.isNegative() ? Duration.ZERO : wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
    } catch (DateTimeParseException | NumberFormatException e) {
      return null;
    }
  }
}
