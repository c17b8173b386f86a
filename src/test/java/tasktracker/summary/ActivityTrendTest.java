package tasktracker.summary;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import tasktracker.summary.Overview.Slice;

class ActivityTrendTest {

  private static final LocalDate MONDAY = LocalDate.of(2026, 11, 23);

  @Test
  void aWeekHasSevenBarsIncludingEmptyDays() {
    Period week = Period.of("7d", MONDAY, MONDAY.minusYears(1));
    ActivityTrend trend = ActivityTrend.of(week,
        List.of(new Slice(at("2026-11-18"), "signal", 2), new Slice(at("2026-11-18"), "noise", 6)));
    assertThat(trend.bars()).hasSize(7).extracting(ActivityTrend.Bar::messages).containsExactly(0L, 8L, 0L, 0L, 0L, 0L, 0L);
    assertThat(trend.bars().get(1).marks()).containsExactly(new ActivityTrend.Mark("signal", 2, 75, 25),
        new ActivityTrend.Mark("noise", 6, 0, 75));
  }

  @Test
  void aYearIsShownInWholeWeeks() {
    Period year = Period.of("all", MONDAY, MONDAY.minusDays(300));
    ActivityTrend trend = ActivityTrend.of(year,
        List.of(new Slice(at("2026-11-17"), "noise", 1), new Slice(at("2026-11-22"), "noise", 2), new Slice(at("2026-11-23"), "noise", 4)));
    assertThat(trend.bars().getFirst().from()).isEqualTo(year.from());
    assertThat(trend.bars().getLast().until()).isEqualTo(year.until());
    assertThat(trend.bars().reversed().subList(0, 2)).extracting(ActivityTrend.Bar::messages).containsExactly(4L, 3L);
  }

  @Test
  void thePrecedingPeriodHasTheSameLength() {
    Period month = Period.of("30d", MONDAY, MONDAY);
    assertThat(month.before().until()).isEqualTo(month.from());
    assertThat(month.before().from()).isEqualTo("2026-09-25T00:00:00Z");
  }

  @Test
  void theHeatmapLevelFollowsTheNumberOfMessages() {
    ActivityHeatmap heat = ActivityHeatmap.of(Period.of("7d", MONDAY, MONDAY),
        List.of(new Slice(Instant.parse("2026-11-20T10:00:00Z"), "noise", 8),
            new Slice(Instant.parse("2026-11-20T11:00:00Z"), "noise", 1)),
        4);
    assertThat(heat.days()).hasSize(7);
    assertThat(heat.days().get(3).cells()).extracting(ActivityHeatmap.Cell::messages).containsExactly(0L, 0L, 9L, 0L, 0L, 0L);
    assertThat(heat.days().get(3).cells()).extracting(ActivityHeatmap.Cell::level).containsExactly(0, 0, 4, 0, 0, 0);
  }

  private static Instant at(String day) {
    return Instant.parse(day + "T00:00:00Z");
  }
}
