package tasktracker.task.proposal;

import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.web.json.Json;

/** A part of a proposed task: an item of a list in the message. */
public record Subtask(String title, @Nullable UUID assigneeId, @Nullable String assigneeName, @Nullable LocalDate dueOn, boolean isDone) {

  /** The stored form. */
  public static String toJson(List<Subtask> parts) {
    return Json.jsonb().toJson(parts);
  }

  /** Reads the stored form. */
  public static List<Subtask> fromJson(String json) {
    return List.of(Json.jsonb().fromJson(json, Subtask[].class));
  }
}
