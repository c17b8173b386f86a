package tasktracker.platform.web.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tasktracker.platform.web.TimeZones;

class DateParserTest {

  @Test
  void aDayBeginsAtMidnightAndEndsAtTheNext() {
    assertThat(DateParser.parseStart("2026-01-31", TimeZones.UTC)).isEqualTo("2026-01-31T00:00:00Z");
    assertThat(DateParser.parseEnd("2026-01-31", TimeZones.UTC)).isEqualTo("2026-02-01T00:00:00Z");
    assertThat(DateParser.parseEnd("2026-01-31T12:00:00+02:00", TimeZones.UTC)).isEqualTo("2026-01-31T10:00:00Z");
  }

  /** In Kyiv the clock went from 3:00 to 4:00 on that day, so that it had 23 hours. */
  @Test
  void aDayInAZoneBeginsAtItsMidnight() {
    ZoneId kyiv = ZoneId.of("Europe/Kyiv");
    assertThat(DateParser.parseStart("2026-03-29", kyiv)).isEqualTo("2026-03-28T22:00:00Z");
    assertThat(DateParser.parseEnd("2026-03-29", kyiv)).isEqualTo("2026-03-29T21:00:00Z");
    assertThat(DateParser.parseEnd("2026-03-29T12:00:00Z", kyiv)).isEqualTo("2026-03-29T12:00:00Z");
  }

  @Test
  void theFirstAndTheLastDayAreAccepted() {
    assertThat(DateParser.parseStart("1970-01-01", TimeZones.UTC)).isEqualTo("1970-01-01T00:00:00Z");
    assertThat(DateParser.parseEnd("9999-12-31", TimeZones.UTC)).isEqualTo("+10000-01-01T00:00:00Z");
    assertThat(DateParser.parseInstant("9999-12-31T23:59:59.999999999Z")).isEqualTo("9999-12-31T23:59:59.999999Z");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1969-12-31", "0000-01-01", "-999999999-01-01", "+999999999-12-31", "2026-02-30", "yesterday", "infinity",
      "1969-12-31T23:59:59Z", "+10000-01-01T00:00:00Z", "-999999999-01-01T00:00:00+18:00", "2026-01-31T10:00:00"})
  void otherTextAndOtherYearsAreRefused(String text) {
    assertThatThrownBy(() -> DateParser.parseStart(text, TimeZones.UTC)).isInstanceOf(DateTimeParseException.class);
    assertThatThrownBy(() -> DateParser.parseEnd(text, TimeZones.UTC)).isInstanceOf(DateTimeParseException.class);
  }

  @Test
  void storedInstantsOfAnyYearAreParsed() {
    assertThat(DateParser.parseStored("1066-10-14T09:00:00Z")).isEqualTo("1066-10-14T09:00:00Z");
    assertThatThrownBy(() -> DateParser.parseStored("-5000-01-01T00:00:00Z")).isInstanceOf(DateTimeParseException.class);
    assertThatThrownBy(() -> DateParser.parseStored("+999999999-12-31T23:59:59Z")).isInstanceOf(DateTimeParseException.class);
  }

  @Test
  void theFirstAndLastDaysOfEachZoneStayReadable() {
    for (String zone : java.util.List.of("Europe/Kyiv", "Pacific/Kiritimati", "America/Los_Angeles", "UTC")) {
      for (String day : java.util.List.of("1970-01-01", "9999-12-31")) {
        Instant start = DateParser.clamp(DateParser.parseStart(day, ZoneId.of(zone)));
        Instant end = DateParser.clamp(DateParser.parseEnd(day, ZoneId.of(zone)));
        assertThat(DateParser.parseInstant(start.toString())).isEqualTo(start);
        assertThat(DateParser.parseInstant(end.toString())).isEqualTo(end).isAfter(start);
      }
    }
  }
}
