package tasktracker.platform.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tasktracker.platform.data.ClassIndex;

/** The OpenAPI document of all resources of the build. */
class OpenApiDocumentTest {

  private final JsonObject document = OpenApiDocument.of(ClassIndex.annotatedWith(Path.class));

  @Test
  void itHasEveryRouteOfTheApiAndNoOther() throws IOException {
    Set<String> described = new TreeSet<>();
    document.getJsonObject("paths").forEach((address, verbs) -> verbs.asJsonObject().keySet()
        .forEach(verb -> described.add(verb.toUpperCase(java.util.Locale.ROOT) + " " + address.replaceAll("\\{\\w+}", "{}"))));
    assertThat(described).containsExactlyElementsOf(promisedRoutes());
  }

  private static Set<String> promisedRoutes() throws IOException {
    try (InputStream in = OpenApiDocumentTest.class.getResourceAsStream("/wire-names.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().filter(line -> line.matches("route \\w+ /api/v1/.*"))
          .map(line -> line.substring("route ".length())).collect(Collectors.toCollection(TreeSet::new));
    }
  }

  private List<JsonObject> operations() {
    return document.getJsonObject("paths").values().stream().flatMap(verbs -> verbs.asJsonObject().values().stream())
        .map(JsonValue::asJsonObject).toList();
  }

  private JsonObject operation(String address, String verb) {
    return document.getJsonObject("paths").getJsonObject(address).getJsonObject(verb);
  }

  @Test
  void everyReferenceLeadsToASchema() {
    Set<String> known = document.getJsonObject("components").getJsonObject("schemas").keySet();
    assertThat(references(document).collect(Collectors.toSet())).isNotEmpty().isSubsetOf(known);
  }

  private static Stream<String> references(JsonValue value) {
    return switch (value.getValueType()) {
      case OBJECT -> value.asJsonObject().entrySet().stream().flatMap(entry -> entry.getKey().equals("$ref")
          ? Stream.of(((JsonString) entry.getValue()).getString().replace("#/components/schemas/", ""))
          : references(entry.getValue()));
      case ARRAY -> value.asJsonArray().stream().flatMap(OpenApiDocumentTest::references);
      default -> Stream.of();
    };
  }

  @Test
  void everyOperationHasAnIdOfItsOwn() {
    List<String> ids = operations().stream().map(operation -> operation.getString("operationId")).toList();
    assertThat(ids).doesNotHaveDuplicates();
  }

  @Test
  void theDeclaredQueryParametersAreDescribed() {
    JsonArray parameters = operation("/api/v1/search/atoms/{id}/similar", "get").getJsonArray("parameters");
    assertThat(parameters.getValuesAs(JsonObject.class).stream().map(p -> p.getString("in") + " " + p.getString("name")).toList())
        .containsExactly("path id", "query limit", "query threshold");
    assertThat(parameters.getJsonObject(0).getJsonObject("schema").getString("format")).isEqualTo("uuid");
  }

  @Test
  void theRoleThatIsEnforcedIsDescribed() {
    assertThat(operation("/api/v1/atoms", "get").getString("x-required-role")).isEqualTo("reader");
    assertThat(operation("/api/v1/atoms", "post").getString("x-required-role")).isEqualTo("reviewer");
    assertThat(operation("/api/v1/accounts", "get").getString("x-required-role")).isEqualTo("admin");
    assertThat(operation("/api/v1/atoms", "get").getJsonArray("security").toString()).contains("bearer", "session");
  }

  @Test
  void recordsAreDescribedAsJsonBindingWritesThem() {
    JsonObject atom = document.getJsonObject("components").getJsonObject("schemas").getJsonObject("AtomItem");
    assertThat(atom.getJsonObject("properties").keySet()).contains("user_approved", "said_at", "evidence", "topic_id")
        .doesNotContain("pending", "main_quote");
    assertThat(atom.getJsonArray("required").toString()).contains("\"title\"").doesNotContain("topic_id");
    assertThat(atom.getJsonObject("properties").getJsonObject("said_at").getString("format")).isEqualTo("date-time");
  }

  @Test
  void aComponentThatIsNamedLikeAGetterIsDescribedOnce() {
    JsonObject topic = document.getJsonObject("components").getJsonObject("schemas").getJsonObject("TopicItem");
    assertThat(topic.getJsonObject("properties").keySet()).contains("is_active").doesNotContain("active");
  }

  @Test
  void bodiesAndProblemsAreDescribed() {
    JsonObject create = operation("/api/v1/atoms", "post");
    assertThat(create.getJsonObject("requestBody").toString()).contains("#/components/schemas/Atoms.AtomInput");
    assertThat(create.getJsonObject("responses").keySet()).contains("201", "401", "403", "default");
    assertThat(create.getJsonObject("responses").getJsonObject("default").toString()).contains("application/problem+json");
    assertThat(operation("/api/v1/atoms/{id}", "delete").getJsonObject("responses").keySet()).contains("204", "404");
  }
}
