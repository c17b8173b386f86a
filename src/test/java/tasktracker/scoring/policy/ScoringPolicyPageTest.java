package tasktracker.scoring.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.ws.rs.core.MultivaluedHashMap;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tasktracker.platform.security.account.CurrentUserVariables;
import tasktracker.platform.web.Preferences;
import tasktracker.platform.web.TemplatePreview;
import tasktracker.platform.web.query.Query;

class ScoringPolicyPageTest {

  private static final TemplatePreview TEMPLATES = new TemplatePreview();
  private static final PolicyVersion FIRST = new PolicyVersion(1, ScoringPolicy.DEFAULT, "environment", null,
      Instant.parse("2026-11-01T08:00:00Z"));
  private static final PolicyVersion SAVED = new PolicyVersion(2, ScoringPolicy.DEFAULT.withThresholds(.2, .6, .25, .65), "saved",
      "<b>olena</b>", Instant.parse("2026-11-02T08:00:00Z"));

  private static Map<String, Object> model(PolicyVersion current, Map<String, String> typed) {
    PolicyForm form = form(typed, current.policy());
    Map<String, Object> model = new HashMap<>(Map.of("current", current, "history", List.of(SAVED, FIRST),
        "rows", form.rows(current.policy(), ScoringPolicy.DEFAULT), "invalid", form.policy().isEmpty()));
    model.put("outcome", new ThresholdPreview.Outcome(1000, List.of(new ThresholdPreview.Flip("weak_signal", "signal", 8)),
        List.of(new ThresholdPreview.Example(new UUID(3, 4), "<script>alert(1)</script>", "weak_signal", "signal", 0.66, 66))));
    return model;
  }

  private static PolicyForm form(Map<String, String> typed, ScoringPolicy inForce) {
    return PolicyForm.of(new Query(new MultivaluedHashMap<>(typed)), inForce);
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "uk"})
  void thePageShowsBothPoliciesThePreviewAndTheHistory(String language) {
    String page = TEMPLATES.render("noise/policy", model(SAVED, Map.of()), new Preferences(language, "light", "comfortable", true));
    assertThat(page).contains(">0.20<", ">0.30<", "value=\"0.2\"", "&lt;b&gt;olena", "/noise-filtering/policy/environment",
        "action=\"/noise-filtering/policy/1\"", "40 / 20 / 20 / 20 %", "&lt;script&gt;").doesNotContain("<script>alert", "??");
  }

  @Test
  void aReaderSeesThePolicyAndChangesNothing() {
    Map<String, Object> model = model(SAVED, Map.of());
    model.put("me", new CurrentUserVariables.Me("Maria", "reader", false, false));
    assertThat(TEMPLATES.render("noise/policy", model, Preferences.DEFAULT)).contains(">0.20<")
        .doesNotContain("formmethod", "/noise-filtering/policy/environment", "action=\"/noise-filtering/policy/1\"");
  }

  @Test
  void thePolicyOfTheEnvironmentNeedsNoReset() {
    assertThat(TEMPLATES.render("noise/policy", model(FIRST, Map.of()), Preferences.DEFAULT)).contains("From the environment")
        .doesNotContain("action=\"/noise-filtering/policy/environment\"");
  }

  @ParameterizedTest
  @CsvSource({"noise, 0.8", "floor, 0.9", "content, 0.9", "topics, 0"})
  void aPolicyThatContradictsItselfIsInvalid(String name, String value) {
    PolicyForm form = form(Map.of(name, value), ScoringPolicy.DEFAULT);
    assertThat(form.policy()).isEmpty();
    assertThat(form.isAsked()).isTrue();
    assertThat(TEMPLATES.render("noise/policy", model(FIRST, Map.of(name, value)), Preferences.DEFAULT)).contains("role=\"alert\"");
  }

  @Test
  void whatIsNotTypedIsInForce() {
    PolicyForm form = form(Map.of("signal", "0.9"), SAVED.policy());
    assertThat(form.policy()).contains(SAVED.policy().withThresholds(.2, .9, .25, .65));
    assertThat(form(Map.of(), SAVED.policy()).isAsked()).isFalse();
  }

  @Test
  void weightsAreNotNegativeAndAreNumbers() {
    assertThatThrownBy(() -> new ScoringPolicy(.3, .7, .3, .7, 1.2, -.2, 0, 0)).hasMessageContaining("negative");
    assertThatThrownBy(() -> new ScoringPolicy(.3, .7, .3, .7, Double.NaN, .2, .2, .2)).isInstanceOf(IllegalArgumentException.class);
  }
}
