package tasktracker.ops.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tasktracker.platform.security.account.CurrentUserVariables;
import tasktracker.platform.web.Preferences;
import tasktracker.platform.web.TemplatePreview;

/** The System page, rendered without a server. */
class SystemPageTest {

  private static final String HOSTILE = "<img src=x onerror=alert(1)>";
  private final TemplatePreview preview = new TemplatePreview();
  private final Finding dead = new Finding("dead", "jobs-not-processing", CheckState.WARN, "some", List.of(3L),
      new Evidence(List.of("kind", "cause"), List.of(List.of("score_message_task", HOSTILE))),
      List.of(new Fix("retry-dead", "score_message_task")));
  private final Finding disk = new Finding("disk", "disk", CheckState.OK, "ok", List.of(9000L, 40L, 12L), Evidence.NONE, List.of());

  private String page(String language, boolean admin) {
    Map<String, Object> model = new HashMap<>(Map.of("bad", 0L, "warn", 1L, "unknown", 0L, "fine", 1L, "problems", List.of(dead),
        "healthy", List.of(disk), "waiting", 4L, "listening", 2, "settings", new EffectiveSettings().settings(), "changed", 3));
    model.put("me", new CurrentUserVariables.Me("Olena", admin ? "admin" : "reviewer", true, admin));
    return preview.render("system/page", model, new Preferences(language, "light", "comfortable", true));
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "uk"})
  void problemsComeFirstWithTheirFixes(String language) {
    String html = page(language, true);
    assertThat(html).contains("check-dead", "check-disk", "action=\"/system/fix\"", "value=\"retry-dead\"", "BATCH_PROFILE")
        .doesNotContain(HOSTILE);
    assertThat(html.indexOf("check-dead")).isLessThan(html.indexOf("check-disk"));
  }

  @Test
  void aReviewerSeesNoFixes() {
    assertThat(page("en", false)).contains("3 jobs failed after all attempts").doesNotContain("action=\"/system/fix\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "uk"})
  void statesAreReplacedInTheOpenPage(String language) {
    Map<String, Object> model = Map.of("bad", 0L, "warn", 1L, "unknown", 0L, "fine", 1L, "pushed", List.of(dead, disk));
    assertThat(preview.fragment("system/_parts", "states", Locale.forLanguageTag(language), model))
        .contains("id=\"system-states\"", "id=\"check-dead-state\"", "hx-swap-oob=\"true\"");
  }
}
