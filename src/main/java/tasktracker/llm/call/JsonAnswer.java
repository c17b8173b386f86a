package tasktracker.llm.call;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tasktracker.llm.call.CallFailure.Kind;

/** Reads the JSON object of an answer. One Markdown fence around it is taken off; nothing else is repaired. */
final class JsonAnswer {

  private static final Pattern FENCE = Pattern.compile("\\A\\s*```(?:json|JSON)?\\s*\\n(.*?)\\n?\\s*```\\s*\\z", Pattern.DOTALL);
  private static final int MAX_LENGTH = 2 << 20;

  private JsonAnswer() {}

  /** @throws CallFailure when the text is not one JSON object, or is the schema itself */
  static JsonObject parse(String text) {
    if (text.length() > MAX_LENGTH) {
      throw new CallFailure(Kind.TOO_LARGE, "The answer is larger than the limit");
    }
    Matcher fenced = FENCE.matcher(text);
    JsonObject answer = read(fenced.matches() ? fenced.group(1) : text);
    if (answer.containsKey("$defs") || answer.containsKey("$schema")
        || answer.containsKey("properties") && answer.containsKey("type")) {
      throw new CallFailure(Kind.INVALID, "The answer is the schema itself");
    }
    return answer;
  }

  private static JsonObject read(String json) {
    try (JsonReader reader = Json.createReader(new StringReader(json))) {
      JsonObject answer = reader.readObject();
      return answer;
    } catch (RuntimeException | StackOverflowError e) { // Deep nesting and long numbers have exceptions of their own.
      throw new CallFailure(Kind.INVALID, "The answer is not one JSON object");
    }
  }
}
