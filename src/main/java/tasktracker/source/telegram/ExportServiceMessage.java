package tasktracker.source.telegram;

import jakarta.json.JsonArray;
import jakarta.json.JsonString;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tasktracker.source.LenientJson;

/** The words of people in an exported service message: names, titles, comments, tasks. */
final class ExportServiceMessage {

  /** So many of those who were added or called are named, and so many tasks. */
  private static final int NAMED_TOGETHER = 100;
  /** Members that hold words of people; whatever else ends with {@code _text} or {@code _message} does too. */
  private static final List<String> WORDS = List.of("comment", "message", "description", "caption", "app_name",
      "reason_app_name", "reason_domain", "additional_prize", "emoticon");

  private ExportServiceMessage() {}

  /** What happened. A decision about a suggested post is told by a member beside the action. */
  static @Nullable String action(LenientJson row) {
    String action = row.text("action");
    return "process_suggested_post".equals(action)
        ? row.isTrue("rejected") ? "suggested_post_declined" : "suggested_post_approved" : action;
  }

  /** What happened, more exactly; null when nothing more is told. */
  static @Nullable String detail(LenientJson row) {
    Set<String> told = new LinkedHashSet<>();
    String members = members(row);
    told.add(members != null ? members : ExportText.words(row, row.has("new_title") ? "new_title" : "title"));
    told.add(tasks(row));
    row.json().keySet().stream().filter(ExportServiceMessage::isWords).forEach(key -> told.add(ExportText.words(row, key)));
    told.remove(null);
    told.remove("");
    return told.isEmpty() ? PlaceholderText.duration(row.number(row.has("duration") ? "duration" : "duration_seconds")) : String.join(", ", told);
  }

  private static boolean isWords(String key) {
    return WORDS.contains(key) || key.endsWith("_text") || key.endsWith("_message");
  }

  private static @Nullable String members(LenientJson row) {
    return row.json().get("members") instanceof JsonArray members
        ? members.stream().limit(NAMED_TOGETHER).filter(JsonString.class::isInstance).map(m -> ((JsonString) m).getString())
            .collect(Collectors.joining(", ")) : null;
  }

  private static @Nullable String tasks(LenientJson row) {
    return row.rows("items").stream().limit(NAMED_TOGETHER).map(task -> ExportText.words(task, "text")).filter(Objects::nonNull)
        .collect(Collectors.joining(", "));
  }
}
