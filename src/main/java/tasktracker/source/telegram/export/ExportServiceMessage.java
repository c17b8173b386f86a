package tasktracker.source.telegram.export;

import jakarta.json.JsonArray;
import jakarta.json.JsonString;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tasktracker.source.format.LenientJson;
import tasktracker.source.telegram.PlaceholderText;
import tasktracker.source.telegram.text.FormattedText;

/** The text of people in an exported service message: names, titles, comments, tasks. */
final class ExportServiceMessage {

  /** Maximum number of people or tasks that are named. */
  private static final int MAX_NAMES = 100;
  /** Members that contain text of people, besides those that end with {@code _text} or {@code _message}. */
  private static final List<String> WORDS = List.of("comment", "message", "description", "caption", "app_name",
      "reason_app_name", "reason_domain", "additional_prize", "emoticon");

  private ExportServiceMessage() {}

  /** The action. A decision about a suggested post is in a separate member. */
  static @Nullable String action(LenientJson object) {
    String action = object.text("action");
    return "process_suggested_post".equals(action)
        ? object.isTrue("rejected") ? "suggested_post_declined" : "suggested_post_approved"
        : action;
  }

  /** The details of the action; null when there are none. */
  static @Nullable String detail(LenientJson object) {
    Set<String> details = new LinkedHashSet<>();
    String members = members(object);
    details.add(members != null ? members : FormattedText.plainText(object, object.has("new_title") ? "new_title" : "title"));
    details.add(tasks(object));
    object.json().keySet().stream().filter(ExportServiceMessage::isText).forEach(key -> details.add(FormattedText.plainText(object, key)));
    details.remove(null);
    details.remove("");
    return details.isEmpty()
        ? PlaceholderText.duration(object.number(object.has("duration") ? "duration" : "duration_seconds"))
        : String.join(", ", details);
  }

  private static boolean isText(String key) {
    return WORDS.contains(key) || key.endsWith("_text") || key.endsWith("_message");
  }

  private static @Nullable String members(LenientJson object) {
    return object.json().get("members") instanceof JsonArray members
        ? members.stream().limit(MAX_NAMES).filter(JsonString.class::isInstance).map(m -> ((JsonString) m).getString())
            .collect(Collectors.joining(", "))
        : null;
  }

  private static @Nullable String tasks(LenientJson object) {
    return object.objects("items").stream().limit(MAX_NAMES).map(task -> FormattedText.plainText(task, "text")).filter(Objects::nonNull)
        .collect(Collectors.joining(", "));
  }
}
