package tasktracker.task.date;

import org.jspecify.annotations.Nullable;

/**
 * A time of day, up to the token {@code to}.
 *
 * @param ambiguous whether it can be before or after noon
 * @param weak whether it is a time only beside a date
 * @param stays whether it is of the day of the reference, also if that is past
 * @param zone minutes east of UTC
 * @param until the end of a range
 */
record Clock(int to, int hour, int minute, int second, Grain grain, boolean ambiguous, boolean weak, boolean stays,
    @Nullable Integer zone, @Nullable Clock until) {

  static Clock of(int to, int hour, int minute, Grain grain, boolean ambiguous) {
    return new Clock(to, hour, minute, 0, grain, ambiguous && hour >= 1 && hour <= 12, false, false, null, null);
  }

  Clock endingAt(int token) {
    return new Clock(token, hour, minute, second, grain, ambiguous, weak, stays, zone, until);
  }

  Clock atHour(int other) {
    return new Clock(to, other, minute, second, grain, false, weak, stays, zone, until);
  }

  Clock afterNoon(boolean pm) {
    return hour > 12 ? atHour(hour) : atHour(pm ? hour % 12 + 12 : hour % 12);
  }

  /** In a part of the day, as the lexicon numbers them. */
  Clock in(int part) {
    if (!ambiguous) {
      return this;
    }
    return switch (part) {
      case 1, 7 -> afterNoon(false);
      case 5, 8 -> afterNoon(hour >= 6 && hour < 12);
      default -> afterNoon(true);
    };
  }

  Clock asWeak() {
    return new Clock(to, hour, minute, second, grain, ambiguous, true, stays, zone, until);
  }

  Clock staying() {
    return new Clock(to, hour, minute, second, grain, ambiguous, weak, true, zone, until);
  }

  Clock withSecond(int value) {
    return new Clock(to, hour, minute, value, Grain.SECOND, ambiguous, weak, stays, zone, until);
  }

  Clock inZone(int token, Integer minutes) {
    return new Clock(token, hour, minute, second, grain, ambiguous, weak, stays, minutes, until);
  }

  Clock until(Clock last) {
    return new Clock(last.to, hour, minute, second, grain, ambiguous, weak && last.weak, stays, zone == null ? last.zone : zone, last);
  }

  int secondOfDay() {
    return (hour * 60 + minute) * 60 + second;
  }
}
