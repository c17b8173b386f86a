package tasktracker.summary;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tasktracker.embedding.TestMessages;
import tasktracker.message.feed.Feed;
import tasktracker.platform.data.TestDatabase;

/** Messages of two years, one every 47 minutes, are counted in the hours and days of a zone. */
class OverviewSqlIT {

  private static final Instant FIRST = Instant.parse("2025-01-01T00:00:00Z");
  private static final int MESSAGES = 22_000;
  private static TestDatabase schema;
  private static Overview overview;

  @BeforeAll
  static void fill() {
    schema = TestDatabase.create();
    overview = new Overview(schema.database(), new Feed(schema.database()));
    var messages = new TestMessages(schema.database());
    var person = messages.person("Olena");
    var chat = messages.chat("Backend");
    messages.say(times().map(at -> new TestMessages.Line(person, chat, at, "said")).toList());
  }

  @AfterAll
  static void drop() {
    schema.close();
  }

  private static java.util.stream.Stream<Instant> times() {
    return IntStream.range(0, MESSAGES).mapToObj(i -> FIRST.plusSeconds(60L * 47 * i));
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTC", "Europe/Kyiv", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe", "Pacific/Apia"})
  void theHoursOfTheWeekAreThoseOfTheZone(String name) {
    ZoneId zone = ZoneId.of(name);
    Period period = Period.custom(LocalDate.of(2025, 2, 1), LocalDate.of(2026, 11, 30), zone);
    long[] expected = new long[168];
    times().filter(at -> !at.isBefore(period.from()) && at.isBefore(period.until())).map(at -> at.atZone(zone))
        .forEach(at -> expected[(at.getDayOfWeek().getValue() - 1) * 24 + at.getHour()]++);
    assertThat(overview.hoursOfTheWeek(period)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTC", "Europe/Kyiv", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe"})
  void theBarsAreTheDaysOfTheZone(String name) {
    ZoneId zone = ZoneId.of(name);
    Period period = Period.custom(LocalDate.of(2025, 3, 1), LocalDate.of(2025, 4, 30), zone);
    ActivityTrend trend = ActivityTrend.of(period, overview.slices(period));
    assertThat(trend.bars()).hasSize(61).allSatisfy(bar -> assertThat(bar.messages())
        .isEqualTo(times().filter(at -> at.atZone(zone).toLocalDate().equals(bar.day())).count()));
  }

  @Test
  void theHourThatHappensTwiceIsTwoBars() {
    Period day = Period.custom(LocalDate.of(2025, 10, 26), LocalDate.of(2025, 10, 26), ZoneId.of("Europe/Kyiv"));
    List<ActivityTrend.Bar> bars = ActivityTrend.of(day, overview.slices(day)).bars();
    assertThat(bars).hasSize(25);
    assertThat(bars.stream().mapToLong(ActivityTrend.Bar::messages).sum()).isEqualTo(overview.figures(day).get("all"));
  }
}
