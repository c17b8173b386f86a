package tasktracker.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tasktracker.platform.web.Preferences;
import tasktracker.platform.web.LocalizedMessage;
import tasktracker.platform.web.TemplatePreview;
import tasktracker.source.DryRun.AuthorCount;
import tasktracker.source.DryRun.ChatCount;
import tasktracker.source.DryRun.UnreadablePart;

class IngestionPagesTest {

  private static final Instant MONDAY = Instant.parse("2026-05-04T10:00:00Z");
  private static final String HOSTILE = "<img src=x onerror=alert(1)>.json";
  private static final Pattern START = Pattern.compile("/ingestion/[0-9a-f-]+/start\"");
  private final TemplatePreview showroom = new TemplatePreview();

  @ParameterizedTest
  @EnumSource(ImportStatus.class)
  void everyStateHasAPageInBothLanguages(ImportStatus status) {
    for (String language : Preferences.LANGUAGES) {
      String page = showroom.render("ingestion/show", Map.of("i", view(status), "stalled", true, "size", "14 KB", "may", true),
          new Preferences(language, "system", "comfortable", true));
      assertThat(page).contains("&lt;img src=x").doesNotContain(HOSTILE).doesNotContain("??").contains("Команда");
      assertThat(START.matcher(page).find()).isEqualTo(ImportStatus.STARTABLE.contains(status) || status == ImportStatus.RUNNING);
      assertThat(page.contains("/cancel\"")).isEqualTo(ImportStatus.CANCELLABLE.contains(status));
      assertThat(page.contains("/undo\"")).isEqualTo(ImportStatus.UNDOABLE.contains(status));
    }
  }

  @Test
  void aFileHasItsSizeInAUnitThatFits() {
    assertThat(IngestionPage.size(14_300).english()).isEqualTo("14 KB");
    assertThat(IngestionPage.size(12).english()).isEqualTo("1 KB");
    assertThat(IngestionPage.size(4_400_000).in(Locale.of("uk"))).isEqualTo("4 МБ");
  }

  @Test
  void aReaderSeesNoButtons() {
    String page = showroom.render("ingestion/show", Map.of("i", view(ImportStatus.READY), "stalled", false, "size", "14 KB", "may", false),
        Preferences.DEFAULT);
    assertThat(page).doesNotContainPattern(START).doesNotContain("/cancel\"");
  }

  @Test
  void theUploadFormWorksWithoutScriptsAndShowsTheError() {
    var model = new java.util.HashMap<String, Object>(Map.of("imports", List.of(view(ImportStatus.RUNNING)), "mayUpload", true));
    model.put("refused", "line 2, column 3");
    assertThat(showroom.render("ingestion/list", model, Preferences.DEFAULT)).contains("action=\"/ingestion/upload\"")
        .contains("multipart/form-data").contains("line 2, column 3").contains("name=\"dry_run\"").contains("result");
    var empty = new java.util.HashMap<String, Object>(Map.of("imports", List.of()));
    empty.put("mayUpload", false);
    empty.put("refused", null);
    assertThat(showroom.render("ingestion/list", empty, Preferences.DEFAULT)).doesNotContain("<form class=\"form\"");
  }

  @Test
  void aPushHasNoFormsBecauseTheyBelongToOnePersonsSession() {
    for (Locale locale : List.of(Locale.ENGLISH, Locale.forLanguageTag("uk"))) {
      String pushed = showroom.fragment("ingestion/_import", "pushed", locale, Map.of("i", view(ImportStatus.COMPLETED), "toast", true));
      assertThat(pushed).doesNotContain("<form").contains("hx-swap-oob").contains("#toasts").contains("data-stale=\"#import-anew\"");
    }
  }

  @Test
  void thePageAndThePushShowTheFailureInTheReadersLanguage() {
    LocalizedMessage why = LocalizedMessage.of("problem.file.of.broken", HOSTILE,
        LocalizedMessage.of("problem.file.place", "3", "5", "17"));
    Map<String, Object> model = Map.of("i", failed(why.english(), why), "stalled", false, "size", "14 KB", "may", true, "toast", false);
    String told = "JSON у файлі &lt;img src=x onerror=alert(1)&gt;.json пошкоджено у рядку 3, стовпці 5 (зміщення 17).";
    assertThat(showroom.render("ingestion/show", model, new Preferences("uk", "system", "comfortable", true))).contains(told)
        .doesNotContain(HOSTILE);
    assertThat(showroom.fragment("ingestion/_import", "pushed", Locale.of("uk"), model)).contains(told).doesNotContain(HOSTILE);
    assertThat(showroom.render("ingestion/show", model, Preferences.DEFAULT)).contains(".json is invalid at line 3, column 5 (offset 17).");
    assertThat(showroom.fragment("ingestion/_import", "pushed", Locale.of("uk"), Map.of("i", failed("It was late.", null), "toast", false)))
        .contains("It was late.");
  }

  @Test
  void partsThatCouldNotBeReadAreListedInTheReadersLanguage() {
    Map<String, Object> model = Map.of("i", view(ImportStatus.COMPLETED), "stalled", false, "size", "14 KB", "may", true);
    assertThat(showroom.render("ingestion/show", model, new Preferences("uk", "system", "comfortable", true)))
        .contains("Частини, які не вдалося прочитати").contains("JSON у файлі general/2026-05-04.json &lt;b&gt; пошкоджено.");
    assertThat(showroom.render("ingestion/show", model, Preferences.DEFAULT)).contains("Parts that could not be read")
        .contains("The JSON of general/2026-05-04.json &lt;b&gt; is invalid.");
  }

  @Test
  void bothLanguagesHaveTheSameWords() {
    assertThat(keys("uk")).isEqualTo(keys("en"));
  }

  private static java.util.Set<String> keys(String language) {
    return ResourceBundle.getBundle("words.ingestion", Locale.forLanguageTag(language)).keySet();
  }

  private static ImportView view(ImportStatus status) {
    return view(status, null);
  }

  private static ImportView failed(String error, LocalizedMessage message) {
    return view(ImportStatus.FAILED, new ImportView.ErrorLog(error, MONDAY, message));
  }

  private static ImportView view(ImportStatus status, ImportView.ErrorLog error) {
    var rehearsal = new DryRun(10, 8, 2, 1, 2, MONDAY, MONDAY.plusSeconds(60), Map.of("unsupported", 1L, "without_date", 1L),
        List.of(new ChatCount("channel:1", "Команда <b>", "supergroup", 8, 2, MONDAY, MONDAY.plusSeconds(60))),
        List.of(new AuthorCount("Olena", 5)), List.of(new UnreadablePart("general/2026-05-04.json <b>", "The JSON is broken.")));
    return new ImportView(UUID.randomUUID(), "telegram-export", HOSTILE, 4_000_000, Map.of("chat_ids", List.of("channel:1")), MONDAY,
        MONDAY, null, status.wire(), 4, 10, 3, 0, 1, 0, 1, 1, rehearsal, error, "olena", MONDAY, MONDAY, null, MONDAY,
        List.of(LocalizedMessage.of("problem.file.of.damaged", "general/2026-05-04.json <b>")));
  }
}
