package tasktracker.llm.agent;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.web.LocalizedMessage;
import tasktracker.platform.web.json.JsonLimits;
import tasktracker.platform.web.json.UntrustedJson;
import tasktracker.platform.web.problem.Problem;

/** JSON Schemas (draft-07) of answers: checked when they are stored, and answers are checked against them. */
public final class TaskSchema {

  /** What a field can be; the last three are texts of a format. */
  public static final List<String> TYPES = List.of("string", "number", "integer", "boolean", "array", "object", "date", "email", "url");
  private static final Map<String, String> FORMATS = Map.of("date", "date", "email", "email", "url", "uri");
  private static final JsonLimits LIMITS = new JsonLimits(20, 2_000, 50, 5_000);
  private static final int MAX_LENGTH = 50_000;
  private static final String DRAFT_7 = "http://json-schema.org/draft-07/schema";
  private static final SchemaRegistry REGISTRY = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7);

  private TaskSchema() {}

  /**
   * Reads a schema: an object schema of draft-07, or a list of fields ({@code field -> {type, required, description}}).
   *
   * @return the schema as it is stored, with draft-07's types only
   * @throws Problem 400 when it is no such schema
   */
  public static JsonObject parse(String text) {
    try {
      if (text.length() > MAX_LENGTH) {
        throw refused("too_large", "");
      }
      return check(UntrustedJson.object(text, LIMITS));
    } catch (JsonException e) {
      throw refused("json", "");
    }
  }

  /** As {@link #parse}, of an object that was read already. */
  public static JsonObject check(JsonObject given) {
    JsonObject schema = given.containsKey("properties") || given.get("type") instanceof JsonString ? given : ofFields(given);
    requireObject(schema);
    requireLocal(schema);
    JsonObject normalized = normalized(schema);
    List<Error> errors = REGISTRY.getSchema(SchemaLocation.of(DRAFT_7)).validate(normalized.toString(), InputFormat.JSON);
    if (!errors.isEmpty()) {
      throw refused("invalid", errors.getFirst().toString());
    }
    return normalized;
  }

  private static JsonObject ofFields(JsonObject fields) {
    JsonObjectBuilder properties = Json.createObjectBuilder();
    JsonArrayBuilder required = Json.createArrayBuilder();
    fields.forEach((name, field) -> {
      if (!(field instanceof JsonObject described)) {
        throw refused("field", name);
      }
      JsonObjectBuilder property = Json.createObjectBuilder(described).remove("required");
      properties.add(name, property);
      if (described.getBoolean("required", false)) {
        required.add(name);
      }
    });
    return Json.createObjectBuilder().add("type", "object").add("properties", properties).add("required", required).build();
  }

  private static void requireObject(JsonObject schema) {
    if (!"object".equals(schema.getString("type", "object")) || !(schema.get("properties") instanceof JsonObject properties)
        || properties.isEmpty()) {
      throw refused("object", "");
    }
    properties.forEach((name, property) -> {
      if (name.isBlank() || !(property instanceof JsonObject described) || !TYPES.contains(described.getString("type", ""))) {
        throw refused("field", name);
      }
    });
    if (schema.containsKey("required") && !(schema.get("required") instanceof JsonArray)) {
      throw refused("required", "");
    }
  }

  /** A schema refers to nothing outside of itself, so that nothing is ever fetched for it. */
  private static void requireLocal(JsonValue value) {
    if (value instanceof JsonObject object) {
      for (String key : Set.of("$ref", "$id", "id", "$schema")) {
        if (object.get(key) instanceof JsonString target && !target.getString().startsWith("#")
            && !(key.equals("$schema") && target.getString().startsWith(DRAFT_7))) {
          throw refused("reference", target.getString());
        }
      }
      object.values().forEach(TaskSchema::requireLocal);
    } else if (value instanceof JsonArray array) {
      array.forEach(TaskSchema::requireLocal);
    }
  }

  private static JsonObject normalized(JsonObject schema) {
    JsonObjectBuilder properties = Json.createObjectBuilder();
    schema.getJsonObject("properties").forEach((name, property) -> properties.add(name, withFormat(property.asJsonObject())));
    return Json.createObjectBuilder(schema).add("type", "object").add("properties", properties).build();
  }

  private static JsonObject withFormat(JsonObject property) {
    String format = FORMATS.get(property.getString("type"));
    return format == null
        ? property
        : Json.createObjectBuilder(property).add("type", "string").add("format", format).build();
  }

  private static Problem refused(String reason, String detail) {
    return Problem.badRequest(LocalizedMessage.of("problem.schema." + reason, detail));
  }

  /** What is wrong with an answer, at most ten messages in English; empty when it is right. The schema was checked before. */
  public static List<String> errors(JsonObject schema, String answer) {
    return REGISTRY.getSchema(schema.toString()).validate(answer, InputFormat.JSON).stream().limit(10).map(Error::toString).toList();
  }

  /** A field as the editor shows it. */
  public record Field(String name, String type, boolean isRequired, String description) {}

  /** The fields of a schema that the editor of fields can show; null when it has parts that the editor would lose. */
  public static @Nullable List<Field> fields(JsonObject schema) {
    JsonObject properties = schema.getJsonObject("properties");
    boolean isFlat = Set.of("type", "properties", "required").containsAll(schema.keySet()) && properties.values().stream()
        .allMatch(p -> Set.of("type", "description", "format").containsAll(p.asJsonObject().keySet()));
    if (!isFlat) {
      return null;
    }
    JsonArray required = schema.containsKey("required") ? schema.getJsonArray("required") : JsonValue.EMPTY_JSON_ARRAY;
    Set<String> names = required.stream().filter(JsonString.class::isInstance).map(n -> ((JsonString) n).getString())
        .collect(java.util.stream.Collectors.toSet());
    return properties.entrySet().stream().map(p -> new Field(p.getKey(), type(p.getValue().asJsonObject()), names.contains(p.getKey()),
        p.getValue().asJsonObject().getString("description", ""))).toList();
  }

  private static String type(JsonObject property) {
    String format = property.getString("format", "");
    return FORMATS.entrySet().stream().filter(f -> f.getValue().equals(format)).map(Map.Entry::getKey).findFirst()
        .orElse(property.getString("type", "string"));
  }

  /** @throws Problem 400 when a name is empty or occurs twice, or there is no field */
  public static JsonObject ofFields(List<Field> fields) {
    JsonObjectBuilder all = Json.createObjectBuilder();
    Set<String> names = new java.util.HashSet<>();
    for (Field field : fields) {
      if (field.name().isBlank() || !names.add(field.name().strip())) {
        throw refused(field.name().isBlank() ? "empty" : "twice", field.name());
      }
      JsonObjectBuilder described = Json.createObjectBuilder().add("type", field.type()).add("required", field.isRequired());
      all.add(field.name().strip(), field.description().isBlank() ? described : described.add("description", field.description().strip()));
    }
    return check(ofFields(all.build()));
  }
}
