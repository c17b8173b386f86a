package tasktracker.knowledge.model;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.Arrays;
import java.util.Map;
import tasktracker.knowledge.analyst.AtomType;
import tasktracker.knowledge.analyst.LinkType;

/** The JSON Schema of an answer. Flat, without patterns and lengths, which small servers refuse. */
final class AnswerSchema {

  static final String JSON = build().toString();

  private AnswerSchema() {}

  private static JsonObject build() {
    return object(Map.of("topics", array(object(Map.of("name", text(), "description", text(), "messages", array(type("integer")),
        "confidence", type("number")))),
        "atoms", array(object(Map.of("type", oneOf(Arrays.stream(AtomType.values()).map(AtomType::wire).toArray(String[]::new)),
            "title", text(), "content", text(), "topic", text(), "confidence", type("number"),
            "quotes", array(object(Map.of("message", type("integer"), "text", text())))))),
        "links", array(object(Map.of("from_title", text(), "to_title", text(),
            "type", oneOf(Arrays.stream(LinkType.values()).map(LinkType::wire).toArray(String[]::new)))))));
  }

  private static JsonObject object(Map<String, JsonObject> members) {
    JsonObjectBuilder properties = Json.createObjectBuilder();
    JsonArrayBuilder required = Json.createArrayBuilder();
    members.entrySet().stream().sorted(Map.Entry.comparingByKey()).forEach(member -> {
      properties.add(member.getKey(), member.getValue());
      required.add(member.getKey());
    });
    return Json.createObjectBuilder().add("type", "object").add("properties", properties).add("required", required)
        .add("additionalProperties", false).build();
  }

  private static JsonObject array(JsonObject items) {
    return Json.createObjectBuilder().add("type", "array").add("items", items).build();
  }

  private static JsonObject type(String name) {
    return Json.createObjectBuilder().add("type", name).build();
  }

  private static JsonObject text() {
    return type("string");
  }

  private static JsonObject oneOf(String... values) {
    return Json.createObjectBuilder().add("type", "string").add("enum", Json.createArrayBuilder(Arrays.asList(values))).build();
  }
}
