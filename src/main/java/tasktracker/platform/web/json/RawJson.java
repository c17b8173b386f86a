package tasktracker.platform.web.json;

import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import jakarta.json.bind.adapter.JsonbAdapter;
import java.io.StringReader;
import org.jspecify.annotations.Nullable;

/** Writes a text that contains JSON from the database as that JSON. */
public class RawJson implements JsonbAdapter<String, JsonValue> {

  @Override
  public JsonValue adaptToJson(@Nullable String text) {
    if (text == null) {
      return JsonValue.NULL;
    }
    try (JsonReader reader = jakarta.json.Json.createReader(new StringReader(text))) {
      return reader.readValue();
    }
  }

  @Override
  public String adaptFromJson(JsonValue json) {
    return json.toString();
  }
}
