package tasktracker.summary;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tasktracker.platform.web.Preferences;
import tasktracker.platform.web.TemplatePreview;
import tasktracker.summary.StartSteps.State;
import tasktracker.summary.StartSteps.Step;

class StartPageTest {

  @ParameterizedTest
  @ValueSource(strings = {"en", "uk"})
  void stepsAreDoneNextOrLocked(String language) {
    var steps = new StartSteps.Steps(List.of(new Step("source", State.DONE, false, "/ingestion"),
        new Step("scored", State.NEXT, false, "/noise-filtering"), new Step("provider", State.NEXT, true, "/providers"),
        new Step("review", State.LOCKED, false, "/atoms")), null);
    Map<String, Object> model = new HashMap<>(Map.of("steps", steps, "skipped", false));
    model.put("p", null);
    String html = new TemplatePreview().render("start/page", model, new Preferences(language, "light", "comfortable", true));
    assertThat(html).contains("id=\"start-steps\"", "href=\"/noise-filtering\"").doesNotContain("href=\"/atoms\" class=\"button\"");
    assertThat(steps.complete()).isFalse();
  }
}
