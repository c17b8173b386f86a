package tasktracker.summary;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import tasktracker.platform.web.TimeZones;
import tasktracker.summary.Overview.Slice;

class ActivityTrendTest {

  private static final LocalDate MONDAY = LocalDate.of(2026, 11, 23);
  private static final ZoneId KYIV = ZoneId.of("Europe/Kyiv");
  private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
  private static final ZoneId KATHMANDU = ZoneId.of("Asia/Kathmandu");

  @Test
  void aWeekHasSevenBarsIncludingEmptyDays() {
    Period week = Period.of("7d", MONDAY, MONDAY.minusYears(1), TimeZones.UTC);
    ActivityTrend trend = ActivityTrend.of(week, List.of(new Slice(1, "signal", 2), new Slice(1, "noise", 6)));
    assertThat(trend.bars()).hasSize(7).extracting(ActivityTrend.Bar::messages).containsExactly(0L, 8L, 0L, 0L, 0L, 0L, 0L);
    assertThat(trend.bars().get(1).marks()).containsExactly(new ActivityTrend.Mark("signal", 2, 75, 25),
        new ActivityTrend.Mark("noise", 6, 0, 75));
    assertThat(trend.bars().get(1).day()).isEqualTo("2026-11-18");
  }

  @Test
  void aYearIsShownInWholeWeeks() {
    Period year = Period.of("all", MONDAY, MONDAY.minusDays(300), KYIV);
    List<Instant> steps = year.steps();
    assertThat(steps.getFirst()).isEqualTo(year.from());
    assertThat(steps.subList(1, steps.size())).allMatch(at -> at.atZone(KYIV).getDayOfWeek() == DayOfWeek.MONDAY)
        .allMatch(at -> at.atZone(KYIV).toLocalTime().equals(LocalTime.MIDNIGHT));
    assertThat(ActivityTrend.of(year, List.of()).bars().getLast().until()).isEqualTo(year.until());
  }

  @Test
  void manyYearsAreShownInMonths() {
    assertThat(Period.of("all", MONDAY, MONDAY.minusYears(3), KATHMANDU).steps()).hasSize(37);
  }

  @Test
  void thePrecedingPeriodHasAsManyDays() {
    Period month = Period.of("30d", MONDAY, MONDAY, TimeZones.UTC);
    assertThat(month.before().until()).isEqualTo(month.from());
    assertThat(month.before().from()).isEqualTo("2026-09-25T00:00:00Z");
    Period summer = Period.custom(LocalDate.of(2026, 3, 29), LocalDate.of(2026, 3, 29), KYIV);
    assertThat(summer.before().from()).isEqualTo("2026-03-27T22:00:00Z");
  }

  @Test
  void aDayHas23Or25HoursWhenTheClockChanges() {
    assertThat(day(2026, 3, 29, KYIV).steps()).hasSize(23);
    assertThat(day(2026, 10, 25, KYIV).steps()).hasSize(25);
    assertThat(day(2026, 3, 8, NEW_YORK).steps()).hasSize(23);
    assertThat(day(2026, 3, 29, KATHMANDU).steps()).hasSize(24);
    assertThat(day(2026, 3, 29, KATHMANDU).from()).isEqualTo("2026-03-28T18:15:00Z");
  }

  @Test
  void aDayThatAZoneSkippedIsEmpty() {
    Period skipped = day(2011, 12, 30, ZoneId.of("Pacific/Apia"));
    assertThat(skipped.from()).isEqualTo(skipped.until());
    assertThat(Period.custom(LocalDate.of(2011, 12, 28), LocalDate.of(2011, 12, 31), skipped.zone()).steps()).hasSize(4).isSorted();
  }

  @Test
  void theOffsetsOfAPeriodChangeWithSummerTime() {
    OffsetChanges year = OffsetChanges.of(KYIV, Instant.parse("2026-01-01T00:00:00Z"), Instant.parse("2027-01-01T00:00:00Z"));
    assertThat(year.starts()).extracting(Instant::toString)
        .containsExactly("2026-01-01T00:00:00Z", "2026-03-29T01:00:00Z", "2026-10-25T01:00:00Z");
    assertThat(year.seconds()).containsExactly(7200, 10800, 7200);
  }

  @Test
  void theHeatmapLevelFollowsTheNumberOfMessages() {
    long[] hours = new long[168];
    hours[4 * 24 + 10] = 8;
    hours[4 * 24 + 11] = 1;
    ActivityHeatmap heat = ActivityHeatmap.of(Period.of("7d", MONDAY, MONDAY, KYIV), hours, 4);
    assertThat(heat.days()).hasSize(7);
    assertThat(heat.days().get(4).cells()).extracting(ActivityHeatmap.Cell::messages).containsExactly(0L, 0L, 9L, 0L, 0L, 0L);
    assertThat(heat.days().get(4).cells()).extracting(ActivityHeatmap.Cell::level).containsExactly(0, 0, 4, 0, 0, 0);
    assertThat(heat.days().get(4).cells().get(2).href()).isEqualTo("/messages?from=2026-11-20T06:00:00Z&until=2026-11-20T10:00:00Z");
  }

  @Test
  void theHeatmapOfALongPeriodIsNotGreyAndHasNoLinks() {
    long[] hours = new long[168];
    hours[0] = 1;
    ActivityHeatmap heat = ActivityHeatmap.of(Period.of("30d", MONDAY, MONDAY, KYIV), hours, 1);
    assertThat(heat.days().getFirst().cells().getFirst().level()).isEqualTo(4);
    assertThat(heat.days().getFirst().cells().getFirst().href()).isNull();
  }

  /** From 3:00 to 4:00 in spring there is nothing, and from 3:00 to 4:00 in autumn there are two hours. */
  @Test
  void aCellOfTheHeatmapOpensItsHourWhenTheClockChanges() {
    assertThat(cell(day(2026, 3, 29, KYIV), 2).href()).isEqualTo("/messages?from=2026-03-29T00:00:00Z&until=2026-03-29T01:00:00Z");
    assertThat(cell(day(2026, 3, 29, KYIV), 4).href()).isEqualTo("/messages?from=2026-03-29T01:00:00Z&until=2026-03-29T02:00:00Z");
    assertThat(cell(day(2026, 10, 25, KYIV), 3).href()).isEqualTo("/messages?from=2026-10-25T00:00:00Z&until=2026-10-25T02:00:00Z");
  }

  private static ActivityHeatmap.Cell cell(Period day, int hour) {
    return ActivityHeatmap.of(day, new long[168], 1).days().get(day.firstDay().getDayOfWeek().ordinal()).cells().get(hour);
  }

  private static Period day(int year, int month, int day, ZoneId zone) {
    return Period.custom(LocalDate.of(year, month, day), LocalDate.of(year, month, day), zone);
  }
}
