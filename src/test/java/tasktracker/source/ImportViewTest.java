package tasktracker.source;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tasktracker.platform.web.Json;

class ImportViewTest {

  private static final Instant MONDAY = Instant.parse("2026-05-04T10:00:00Z");

  @Test
  void programsGetTheFieldsOfAnIngestionJob() {
    JsonObject json = Json.jsonb().fromJson(Json.jsonb().toJson(view("running")), JsonObject.class);
    assertThat(json.keySet()).containsExactlyInAnyOrder("id", "source_type", "file_name", "file_size", "source_identifiers",
        "time_window_start", "time_window_end", "status", "messages_fetched", "messages_total", "messages_stored",
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

  private static ImportView view(String status) {
    return ImportView.of(new ImportView.Row(UUID.randomUUID(), null, "telegram-export", "result.json", 10, status, 100, 250, 1,
        100, 0, 0, 0, 1, MONDAY, MONDAY, null, null, "olena", MONDAY, MONDAY, null, MONDAY));
  }
}
