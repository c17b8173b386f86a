package tasktracker.platform.web.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tasktracker.platform.security.TestRateLimits;
import tasktracker.platform.web.LocalizedMessage;
import tasktracker.platform.web.PageMarkupTest;
import tasktracker.platform.web.Preferences;
import tasktracker.platform.web.TemplatePreview;
import tasktracker.platform.web.query.Query;
import tasktracker.platform.web.template.Translations;

/** Problems are localized for people and in English for programs. */
class ProblemTest {

  private static final Locale UKRAINIAN = Locale.of("uk");
  private static final Path MAIN = Path.of("src/main/java");
  private final TemplatePreview preview = new TemplatePreview();

  @Test
  void detailsAreUkrainianForOksanaAndEnglishForPrograms() {
    Problem problem = Problem.conflict(LocalizedMessage.of("problem.job.ended", LocalizedMessage.of("jobs.state.dead")));
    assertThat(problem.detail(UKRAINIAN)).isEqualTo("Стан завдання: З помилкою. Завдання вже завершилося, його не можна скасувати.");
    assertThat(Problems.body(problem, "/api/v1/jobs/1")).containsEntry("title", "Conflict").containsEntry("status", 409)
        .containsEntry("detail", "Job status: Failed. The job has already ended and cannot be cancelled.");
  }

  @Test
  void outagesFailuresAndRateLimitsAreLocalized() {
    assertThat(Problems.of(new java.sql.SQLTransientConnectionException()).detail(UKRAINIAN)).startsWith("База даних не відповідає.");
    assertThat(Problems.of(new IllegalStateException("secret")).detail(UKRAINIAN)).startsWith("Сталася помилка. Номер у журналі: ")
        .doesNotContain("secret");
    assertThat(TestRateLimits.tooMany().detail(UKRAINIAN)).startsWith("Забагато запитів. Спробуйте ще раз через ");
    assertThat(Problems.ofStatus(418).detail(UKRAINIAN)).isEqualTo("Запит відхилено.");
  }

  @Test
  void anInvalidParameterIsNamedInUkrainian() {
    var asked = new jakarta.ws.rs.core.MultivaluedHashMap<String, String>();
    asked.putSingle("size", "1000000");
    try {
      new Query(asked).number("size", 25, 1, 10000);
    } catch (Problem wrong) {
      assertThat(wrong.detail(UKRAINIAN)).isEqualTo("Параметр size має бути: ціле число від 1 до 10000.");
      assertThat(wrong.detail()).isEqualTo("The parameter size must be a whole number from 1 to 10000.");
      return;
    }
    throw new AssertionError("A million was taken for a size");
  }

  @Test
  void aFragmentRequestGetsANotification() {
    Map<String, ?> model = Map.of("problem", Problem.badRequest(LocalizedMessage.of("problem.feed.unread", "<b>from</b>")));
    assertThat(preview.fragment("error/_notice", "toast", UKRAINIAN, model))
        .contains("hx-swap-oob=\"beforeend:#toasts\"", "class=\"toast bad\"", "Неправильне значення параметра &lt;b&gt;from&lt;/b&gt;.")
        .doesNotContain("<html", "<b>", "cannot");
    assertThat(preview.fragment("error/_notice", "note", UKRAINIAN, model)).contains("role=\"alert\"", "Неправильне значення")
        .doesNotContain("oob");
  }

  @Test
  void theErrorPageIsInUkrainian() {
    assertThat(preview.render("error/problem", Map.of("problem", Problem.conflict(LocalizedMessage.of("problem.scored"))),
        new Preferences("uk", "light", "comfortable", true))).contains("Усі повідомлення вже оцінено.").doesNotContain("All messages");
  }

  @Test
  void everyMessageKeyHasATranslation() throws IOException {
    for (String key : findKeys()) {
      for (Locale locale : List.of(Locale.ENGLISH, UKRAINIAN)) {
        assertThat(new Translations().of(locale, key, "a", "b")).as(key).isNotBlank();
      }
    }
  }

  /** Pages are for people only, so their messages must be localized. */
  @Test
  void noPageHasAHardCodedMessage() throws IOException {
    for (Path page : listSources().filter(f -> f.toString().endsWith("Page.java")).toList()) {
      assertThat(Files.readString(page)).as(page.toString())
          .doesNotContainPattern("Problem\\.[a-zA-Z]+\\(\\s*\"|new Problem\\(\\d+, \"[^\"]*\", \"");
    }
  }

  private static List<String> findKeys() throws IOException {
    Pattern said = Pattern.compile("LocalizedMessage\\.of\\(\"([a-z.]+[a-z0-9])\"");
    List<String> findKeys = listSources().flatMap(f -> said.matcher(PageMarkupTest.read(f)).results()).map(m -> m.group(1)).distinct()
        .toList();
    assertThat(findKeys).hasSizeGreaterThan(40);
    return findKeys;
  }

  private static Stream<Path> listSources() throws IOException {
    try (Stream<Path> files = Files.walk(MAIN)) {
      return files.filter(f -> f.toString().endsWith(".java")).toList().stream();
    }
  }
}
