package tasktracker.source.telegram;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tasktracker.platform.web.LocalizedMessage;
import tasktracker.platform.web.LocalizedMessages;
import tasktracker.platform.web.Preferences;
import tasktracker.platform.web.TemplatePreview;
import tasktracker.source.telegram.bot.BotApiException;
import tasktracker.source.telegram.update.InboxUpdates;

/** The page in all its states, without a server. */
class TelegramPageTest {

  private static final String UNKNOWN = LocalizedMessages.toJson(LocalizedMessage.of("telegram.ignored.unknown", "<new>"));
  private static final Instant MONDAY = Instant.parse("2026-05-04T10:00:00Z");
  private final TemplatePreview showroom = new TemplatePreview();

  @ParameterizedTest
  @CsvSource({"webhook, true", "polling, true", "off, false", "webhook, false"})
  void everyStandingHasAPageInBothLanguages(String mode, boolean active) {
    for (String language : Preferences.LANGUAGES) {
      String page = render(language, setup(mode, active, "Connection refused", null), null);
      assertThat(page).doesNotContain("??").contains("&lt;b&gt;Team&lt;/b&gt;").doesNotContain("<b>Team");
      assertThat(page.contains("/settings/sources/telegram/register")).isEqualTo(active);
    }
  }

  @ParameterizedTest
  @EnumSource(BotApiException.Kind.class)
  void everyErrorIsTranslated(BotApiException.Kind kind) {
    for (String language : Preferences.LANGUAGES) {
      assertThat(render(language, setup("polling", true, null, kind.wire()), null)).doesNotContain("??").contains("role=\"alert\"");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"certificate", "refused", "timed out", "resolve host", "reserved", "port", "https url", "401", "403", "404",
      "429", "502", "new"})
  void everySuggestedFixIsTranslated(String error) {
    for (String language : Preferences.LANGUAGES) {
      assertThat(render(language, setup("webhook", true, error, null), null)).doesNotContain("??").contains("last-error");
      assertThat(render(language, setup("webhook", true, null, null),
          new TelegramPage.FormError("url", "trouble.remedy." + SuggestedFix.of(error), "https://x.example.com", "Bad Request: " + error)))
          .doesNotContain("??").contains("Bad Request: " + error);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"url.empty", "url.http", "url.form", "url.path", "url.port", "url.private", "group.empty", "group.invitation",
      "group.form", "group.person"})
  void everyInputErrorIsShownBesideItsField(String reason) {
    for (String language : Preferences.LANGUAGES) {
      String field = reason.substring(0, reason.indexOf('.'));
      assertThat(render(language, setup("webhook", true, null, null), new TelegramPage.FormError(field, "unfit." + reason, "<typed>", "")))
          .doesNotContain("??").contains("id=\"" + field + "-error\"").contains("&lt;typed&gt;");
    }
  }

  @Test
  void reasonsOfUpdatesAreShownInTheLanguageOfTheReader() {
    assertThat(render("en", setup("polling", true, null, null), null)).contains("This kind of update is not known: &lt;new&gt;",
        "of an earlier release");
    assertThat(render("uk", setup("polling", true, null, null), null)).contains("Невідомий тип оновлення: &lt;new&gt;")
        .doesNotContain("for programs");
  }

  private String render(String language, TelegramSetup setup, TelegramPage.@Nullable FormError wrong) {
    Map<String, Object> model = new HashMap<>();
    model.put("s", setup);
    model.put("groups", List.of(group("member"), group("administrator"), group(null), group("left")));
    model.put("unread", List.of(new InboxUpdates.UnreadableUpdate(UUID.randomUUID(), 7L, MONDAY, "failed", "<b>why</b>", null),
        new InboxUpdates.UnreadableUpdate(UUID.randomUUID(), null, MONDAY, "stored", "not known", UNKNOWN)));
    model.put("ignored", List.of(new InboxUpdates.UnreadableUpdate(UUID.randomUUID(), 8L, MONDAY, "ignored", "for programs", UNKNOWN),
        new InboxUpdates.UnreadableUpdate(UUID.randomUUID(), 9L, MONDAY, "ignored", "of an earlier release", null)));
    model.put("ignoredCounts", List.of(new InboxUpdates.IgnoredCount(12, "for programs", UNKNOWN)));
    model.put("may", true);
    model.put("hasToken", true);
    model.put("suggested", TelegramPage.suggestedUrl(setup, "https://tracker.example.com", wrong));
    model.put("done", "url");
    model.put("wrong", wrong);
    return showroom.render("telegram/page", model, new Preferences(language, "system", "comfortable", true));
  }

  private static TelegramGroup group(@Nullable String status) {
    return new TelegramGroup(UUID.randomUUID(), -1001234567890L, "supergroup", "<b>Team</b>", null, status, "chat not found", null,
        UUID.randomUUID(), 3, MONDAY);
  }

  private static TelegramSetup setup(String mode, boolean active, @Nullable String error, @Nullable String problem) {
    return new TelegramSetup(mode, "https://tracker.example.com", "https://tracker.example.com/webhook/telegram", MONDAY, 40, false, 1L,
        "tracker_bot", "Tracker", false, "https://tracker.example.com/webhook/telegram", 3, MONDAY, error, problem, "text", MONDAY,
        "node", MONDAY, MONDAY, problem, "text", active, MONDAY);
  }
}
