package tasktracker.source.slack;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import org.jspecify.annotations.Nullable;
import tasktracker.source.LenientJson;

/** Finds the words in Slack's blocks: whatever stands under {@code text}, at any depth, in reading order. */
final class SlackBlocks {

  private static final int DEEPEST = 20;

  private SlackBlocks() {}

  static @Nullable String text(LenientJson block) {
    StringBuilder words = new StringBuilder();
    collect(block.json(), words, 0);
    return words.isEmpty() ? null : words.toString();
  }

  private static void collect(JsonValue value, StringBuilder words, int depth) {
    if (depth > DEEPEST) {
      return;
    }
    if (value instanceof JsonArray array) {
      array.forEach(v -> collect(v, words, depth + 1));
    } else if (value instanceof JsonObject object) {
      object.forEach((key, v) -> member(key, v, words, depth));
    }
  }

  private static void member(String key, JsonValue value, StringBuilder words, int depth) {
    if (key.equals("text") && value instanceof JsonString s) {
      words.append(s.getString());
    } else {
      collect(value, words, depth + 1);
    }
  }
}
