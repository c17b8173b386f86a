package tasktracker.source;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import tasktracker.platform.web.LocalizedMessage;
import tasktracker.platform.web.LocalizedMessages;
import tasktracker.platform.web.json.Json;

class ImportViewTest {

  private static final Locale UKRAINIAN = Locale.of("uk");
  private static final Instant MONDAY = Instant.parse("2026-05-04T10:00:00Z");

  @Test
  void programsGetTheFieldsOfAnIngestionJob() {
    JsonObject json = Json.jsonb().fromJson(Json.jsonb().toJson(view("running")), JsonObject.class);
    assertThat(json.keySet()).containsExactlyInAnyOrder("id", "source_type", "file_name", "file_size", "source_identifiers",
        "time_window_start", "time_window_end", "file_deleted_at", "status", "messages_fetched", "messages_total", "messages_stored",
        "messages_revised", "messages_skipped", "errors_count", "current_batch", "total_batches", "rehearsal", "error_log",
        "created_by", "created_at", "started_at", "completed_at", "updated_at");
    assertThat(json.getInt("total_batches")).isEqualTo(3);
  }

  @Test
  void anImportThatNobodyHasMovedForAMinuteAndAHalfIsStalled() {
    assertThat(view("running").isStalled(MONDAY.plusSeconds(91))).isTrue();
    assertThat(view("running").isStalled(MONDAY.plusSeconds(60))).isFalse();
    assertThat(view("completed").isStalled(MONDAY.plusSeconds(91))).isFalse();
  }

  @Test
  void theFailureIsTranslatedForReadersAndEnglishInTheApi() {
    ImportView failed = failed("The file contains no messages.", LocalizedMessages.toJson(LocalizedMessage.of("problem.upload.none")));
    assertThat(failed.errorLog().text(UKRAINIAN)).isEqualTo("Файл не містить повідомлень.");
    assertThat(failed.errorLog().text(Locale.ENGLISH)).isEqualTo("The file contains no messages.");
    JsonObject log = Json.jsonb().fromJson(Json.jsonb().toJson(failed), JsonObject.class).getJsonObject("error_log");
    assertThat(log.keySet()).containsExactlyInAnyOrder("error", "timestamp");
    assertThat(log.getString("error")).isEqualTo("The file contains no messages.");
  }

  /** Rows of before have none; a later release may write one that we have no words for; one of before may have been left behind. */
  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"{}", "{\"key\": \"problem.of.tomorrow\", \"parameters\": []}",
      "{\"key\": \"problem.upload.none\", \"parameters\": []}"})
  void withoutATranslationTheEnglishTextIsShown(String saying) {
    ImportView failed = failed("The disk was full.", saying);
    assertThat(failed.errorLog().text(UKRAINIAN)).isEqualTo("The disk was full.");
  }

  @Test
  void unreadablePartsWithoutTranslationAreShownInEnglish() {
    ImportView.Row row = new ImportView.Row(UUID.randomUUID(), null, "slack-export", "export.zip", 10, "completed", 100, 250, 1,
        100, 0, 0, 1, 1, MONDAY, MONDAY,
        """
        {"lines": 2, "messages": 1, "skipped": {}, "chats": [], "top_authors": [], "unreadable_parts": [{"name": "ed/2026-05-04.json", "reason": "It is broken."}]}""",
        "[{\"key\": \"problem.of.tomorrow\", \"parameters\": []}]", null, null, null, "olena", MONDAY, MONDAY, null, MONDAY);
    assertThat(ImportView.of(row).unreadable(UKRAINIAN)).containsExactly(new ImportView.Unreadable("ed/2026-05-04.json", "It is broken."));
  }

  private static ImportView view(String status) {
    return ImportView.of(row(status, null, null));
  }

  private static ImportView failed(String error, String saying) {
    return ImportView.of(row("failed", error, saying));
  }

  private static ImportView.Row row(String status, String error, String saying) {
    return new ImportView.Row(UUID.randomUUID(), null, "telegram-export", "result.json", 10, status, 100, 250, 1,
        100, 0, 0, 0, 1, MONDAY, MONDAY, null, null, null, error, saying, "olena", MONDAY, MONDAY, null, MONDAY);
  }
}
