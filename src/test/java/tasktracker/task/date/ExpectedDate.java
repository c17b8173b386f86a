package tasktracker.task.date;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.stream.StreamSupport;
import tasktracker.task.date.DatePhrase.Bound;

/** Compares a found phrase with the value that a source expects. */
final class ExpectedDate {

  private ExpectedDate() {}

  static LocalDateTime time(JsonNode parts) {
    int[] n = new int[6];
    n[1] = n[2] = 1;
    for (int i = 0; i < Math.min(6, parts.size()); i++) {
      n[i] = parts.get(i).asInt();
    }
    return LocalDateTime.of(n[0], n[1], n[2], n[3], n[4], n[5]);
  }

  /** Values are compared at the grain of the source; the end of a range of times has one grain more there. */
  static boolean ofDuckling(JsonNode row, ZonedDateTime reference, DatePhrase found) {
    String grain = row.path("grain").asText();
    LocalDateTime start = time(row.path("value").get(0));
    LocalDateTime value = found.value().toLocalDateTime();
    if (row.path("value").size() < 2) {
      return found.until() == null && truncated(value, grain).equals(truncated(start, grain))
          || found.until() != null && row.path("kind").asText().contains("Open") && truncated(value, grain).equals(start);
    }
    LocalDateTime end = time(row.path("value").get(1));
    if (start.equals(reference.toLocalDateTime()) && found.bound() == Bound.BEFORE) {
      return value.equals(end);
    }
    LocalDateTime until = until(found).toLocalDateTime();
    if (found.grain() == Grain.PART) {
      return until.equals(end) && !start.isAfter(value) && start.toLocalDate().equals(value.toLocalDate());
    }
    return truncated(value, grain).equals(start) && (until.equals(end) || found.grain().compareTo(Grain.PART) < 0
        && until.equals(end.minus(1, unit(grain))));
  }

  private static ZonedDateTime until(DatePhrase found) {
    if (found.until() != null) {
      return found.until();
    }
    return switch (found.grain()) {
      case DAY -> found.value().plusDays(1);
      case WEEK -> found.value().plusWeeks(1);
      case MONTH -> found.value().plusMonths(1);
      case QUARTER, SEASON -> found.value().plusMonths(3);
      case YEAR -> found.value().plusYears(1);
      default -> found.value();
    };
  }

  private static ChronoUnit unit(String grain) {
    return switch (grain) {
      case "second" -> ChronoUnit.SECONDS;
      case "minute" -> ChronoUnit.MINUTES;
      default -> ChronoUnit.HOURS;
    };
  }

  private static LocalDateTime truncated(LocalDateTime time, String grain) {
    return switch (grain) {
      case "second", "minute", "hour" -> time.truncatedTo(unit(grain));
      case "month" -> time.truncatedTo(ChronoUnit.DAYS).withDayOfMonth(1);
      case "year" -> time.truncatedTo(ChronoUnit.DAYS).withDayOfYear(1);
      default -> time.truncatedTo(ChronoUnit.DAYS);
    };
  }

  /** A day has an implied hour there, and a period an implied day; the ends of ranges are inclusive. */
  static boolean ofChrono(JsonNode row, DatePhrase found) {
    JsonNode value = row.path("value").isNull() ? null : row.path("value").get(0);
    LocalDateTime start = value == null ? fields(row.path("fields")) : time(value);
    boolean right = atGrain(start, found);
    JsonNode end = row.path("end");
    if (right && end.isArray() && found.until() != null) {
      LocalDateTime last = time(end.get(0));
      LocalDateTime until = found.until().toLocalDateTime();
      return found.grain() == Grain.DAY ? until.minusDays(1).toLocalDate().equals(last.toLocalDate()) : until.equals(last);
    }
    return right && !end.isArray();
  }

  private static LocalDateTime fields(JsonNode fields) {
    return LocalDateTime.of(fields.path("year").asInt(), fields.path("month").asInt(1), fields.path("day").asInt(1),
        fields.path("hour").asInt(), fields.path("minute").asInt());
  }

  private static boolean atGrain(LocalDateTime expected, DatePhrase found) {
    LocalDateTime value = found.value().toLocalDateTime();
    return switch (found.grain()) {
      case SECOND, MINUTE, HOUR -> value.truncatedTo(ChronoUnit.SECONDS).equals(expected.truncatedTo(ChronoUnit.SECONDS));
      case PART -> !expected.isBefore(value) && expected.isBefore(until(found).toLocalDateTime());
      case DAY -> value.toLocalDate().equals(expected.toLocalDate()) && found.until() == null || found.until() != null
          && value.toLocalDate().equals(expected.toLocalDate());
      default -> !expected.isBefore(value) && expected.isBefore(until(found).toLocalDateTime());
    };
  }

  /** Any of the values; a time without a date is of the day of the reference. */
  static boolean ofRecognizers(JsonNode values, ZonedDateTime reference, DatePhrase found) {
    return StreamSupport.stream(values.spliterator(), false).anyMatch(value -> isOneOf(value, reference, found));
  }

  private static boolean isOneOf(JsonNode expected, ZonedDateTime reference, DatePhrase found) {
    String start = expected.path(expected.has("value") ? "value" : "start").asText();
    String end = expected.path("end").asText();
    LocalDateTime until = until(found).toLocalDateTime();
    // Parts of days have one moment for their beginning and end there.
    boolean ends = end.isEmpty() || end.equals(start) || parse(end, reference).equals(until)
        || parse(end, reference).toLocalDate().equals(until.toLocalDate().minusDays(1)) || found.grain() == Grain.PART;
    return found.value().toLocalDateTime().equals(parse(start, reference)) && ends;
  }

  private static LocalDateTime parse(String time, ZonedDateTime reference) {
    return time.length() == 8
        ? reference.toLocalDate().atTime(LocalTime.parse(time))
        : time.length() == 10 ? LocalDateTime.parse(time + "T00:00:00") : LocalDateTime.parse(time.replace(' ', 'T'));
  }
}
