package tasktracker.project;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ProjectMatcherTest {

  private static final Project KVITKA = project("Kvitka", List.of("бронювання", "channel manager"),
      List.of(new Component("Mobile", List.of("android", "widget"))));
  private static final Project BILLING = project("Billing", List.of("invoice", "повернення"), List.of());
  private final ProjectMatcher matcher = new ProjectMatcher(List.of(KVITKA, BILLING));

  private static Project project(String name, List<String> keywords, List<Component> components) {
    ProjectFields fields = new ProjectFields(name, "", keywords, Map.of(), components, List.of(), List.of(), List.of(), null, null, true);
    return new Project(UUID.randomUUID(), fields, "1.0.0", 1, 1, "olena", Instant.EPOCH, Instant.EPOCH, 0);
  }

  @Test
  void aKeywordDecides() {
    assertThat(matcher.match("The invoice of Hotel Aurora is wrong")).hasValueSatisfying(match -> {
      assertThat(match.projectId()).isEqualTo(BILLING.id());
      assertThat(match.matched()).containsExactly("invoice");
      assertThat(match.confidence()).isEqualTo(.75);
    });
  }

  @Test
  void cyrillicWordsAreFoundInTheirCases() {
    assertThat(matcher.match("Два бронюванні на ту саму ніч")).map(ProjectMatcher.Match::projectId).contains(KVITKA.id());
    assertThat(matcher.match("Скільки повернень завтра?")).map(ProjectMatcher.Match::projectId).contains(BILLING.id());
    assertThat(matcher.match("З поверненням усе добре")).map(ProjectMatcher.Match::projectId).contains(BILLING.id());
  }

  @Test
  void aKeywordOfTwoWordsIsFoundAsAWhole() {
    assertThat(matcher.match("Our channel manager is slow")).map(ProjectMatcher.Match::projectId).contains(KVITKA.id());
    assertThat(matcher.match("The channel is slow, says the manager")).isEmpty();
  }

  @Test
  void oneComponentAloneIsNotEnough() {
    assertThat(matcher.match("The android crash is back")).isEmpty();
    assertThat(matcher.match("The android widget crashes")).map(ProjectMatcher.Match::projectId).contains(KVITKA.id());
  }

  @Test
  void aPartOfAWordIsNoMatch() {
    assertThat(matcher.match("invoiceless")).isEmpty();
    assertThat(matcher.match("")).isEmpty();
  }

  @Test
  void twoEquallyLikelyProjectsMeanNone() {
    assertThat(matcher.match("invoice for the channel manager")).isEmpty();
  }

  @Test
  void inactiveProjectsAreNotLookedFor() {
    ProjectFields inactive = new ProjectFields("Old", "", List.of("legacy"), Map.of(), List.of(), List.of(), List.of(), List.of(), null,
        null,
        false);
    Project project = new Project(UUID.randomUUID(), inactive, "1.0.0", 1, 1, "olena", Instant.EPOCH, Instant.EPOCH, 0);
    assertThat(new ProjectMatcher(List.of(project)).match("the legacy system")).isEmpty();
  }

  @Test
  void theMinorVersionGrows() {
    assertThat(Project.bump("1.9.3")).isEqualTo("1.10.0");
  }
}
