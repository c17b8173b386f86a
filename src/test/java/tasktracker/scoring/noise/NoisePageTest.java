package tasktracker.scoring.noise;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tasktracker.platform.web.Preferences;
import tasktracker.platform.web.TemplatePreview;
import tasktracker.platform.web.TimeZones;
import tasktracker.platform.web.template.Translations;
import tasktracker.scoring.ScoringBacklog;
import tasktracker.scoring.model.Aspect;
import tasktracker.scoring.model.LowContentRules;
import tasktracker.scoring.policy.ScoringPolicy;

class NoisePageTest {

  private static final TemplatePreview TEMPLATES = new TemplatePreview();
  private static final LocalDate SUNDAY = LocalDate.of(2026, 3, 1);

  private static Map<String, Object> week() {
    List<NoiseReport.Day> days = new ArrayList<>();
    NoisePeriod period = new NoisePeriod(7, SUNDAY, TimeZones.UTC);
    period.all().forEach(date -> days.add(new NoiseReport.Day(date, 3, 5, date.getDayOfMonth(), 1)));
    var report = new NoiseReport.Report(period, days, List.of(new NoiseReport.NoisyChat(new UUID(1, 2), "<b>Random</b>", 42)));
    return new HashMap<>(Map.of("report", report, "chart", new TrendChart(days), "unscored", 12L, "choices", NoisePeriod.CHOICES,
        "weighing", ScoringPolicy.DEFAULT, "corrections", 37L));
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "uk"})
  void thePageShowsTrendAndThresholds(String language) {
    String page = TEMPLATES.render("noise/page", week(), new Preferences(language, "light", "comfortable", true));
    assertThat(page)
        .contains("/messages?class=signal&amp;from=2026-02-23&amp;until=2026-03-01", "30", "70", "37", "/noise-filtering/policy")
        .contains("points=\"40.0,", "class=\"line signal\"");
    assertThat(page).doesNotContain("<b>Random", "??");
  }

  @Test
  void withoutABacklogTheButtonIsDisabledWithAReason() {
    Map<String, Object> model = week();
    model.put("unscored", 0L);
    String page = TEMPLATES.render("noise/page", model, Preferences.DEFAULT);
    assertThat(page).containsPattern("<button[^>]*disabled").contains("All messages are scored");
  }

  @Test
  void aRunningJobShowsItsProgress() {
    Map<String, Object> model = week();
    model.put("backlogJob", new ScoringBacklog.RunningJob("running", 30, 120));
    assertThat(TEMPLATES.render("noise/page", model, Preferences.DEFAULT))
        .containsPattern("<progress[^>]*value=\"30\"[^>]*max=\"120\"|<progress[^>]*max=\"120\"");
  }

  @Test
  void anEmptyPeriodLinksToTheNewestMessages() {
    Map<String, Object> model = week();
    NoisePeriod period = new NoisePeriod(7, SUNDAY, TimeZones.UTC);
    List<NoiseReport.Day> days = period.all().stream().map(d -> new NoiseReport.Day(d, 0, 0, 0, 0)).toList();
    model.put("report", new NoiseReport.Report(period, days, List.of()));
    model.put("chart", new TrendChart(days));
    model.put("newest", LocalDate.of(2020, 5, 12));
    assertThat(TEMPLATES.render("noise/page", model, Preferences.DEFAULT)).contains("until=2020-05-12",
        "The latest scored message is from 2020-05-12.").doesNotContain("<svg class=\"chart\"", "class=\"figure\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "uk"})
  void everyReasonHasALocalizedText(String language) {
    Translations translations = new Translations();
    List<String> codes = new ArrayList<>(
        List.of("general_more", "general_less", "after_votes", "after_echo", "learned", "spam", "correction",
            "marker_decision", "marker_ask_or_promise"));
    for (Aspect aspect : Aspect.values()) {
      codes.addAll(List.of("cue_" + aspect.wire(), "near_" + aspect.wire()));
      assertThat(translations.of(Locale.of(language), "scoring.verdict." + aspect.wire())).isNotBlank();
    }
    for (LowContentRules.Rule rule : LowContentRules.Rule.values()) {
      codes.add("floor_" + rule.wire());
    }
    assertThat(codes).allSatisfy(code -> assertThat(translations.of(Locale.of(language), "scoring.reason." + code, "a", "b")).isNotBlank());
  }

  @Test
  void linesStayWithinTheChart() {
    TrendChart chart = new TrendChart(
        List.of(new NoiseReport.Day(SUNDAY, 0, 999, 1001, 0), new NoiseReport.Day(SUNDAY.plusDays(1), 7, 1, 0, 0)));
    assertThat(chart.axisMaximum()).isEqualTo(2000);
    for (String wire : chart.classes()) {
      assertThat(chart.points(wire)).allSatisfy(p -> assertThat(p.y()).isBetween(0.0, (double) TrendChart.HEIGHT));
    }
  }

  @Test
  void thePeriodIsAHalfOpenInterval() {
    NoisePeriod week = new NoisePeriod(7, SUNDAY, TimeZones.UTC);
    assertThat(week.from()).isEqualTo(Instant.parse("2026-02-23T00:00:00Z"));
    assertThat(week.until()).isEqualTo(Instant.parse("2026-03-02T00:00:00Z"));
  }
}
