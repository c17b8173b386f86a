package tasktracker.llm.agent;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.time.Instant;
import java.util.UUID;

/** A task of agents with the JSON Schema of its answer. */
public record TaskConfigItem(UUID id, String name, String description, JsonObject responseSchema, boolean isActive, boolean isBuiltin,
    Instant createdAt, Instant updatedAt) {

  /** The names of the fields of its answer. */
  public String fieldNames() {
    return String.join(", ", responseSchema.getJsonObject("properties").keySet());
  }

  static JsonObject parse(String json) {
    try (var reader = Json.createReader(new StringReader(json))) {
      return reader.readObject();
    }
  }
}
