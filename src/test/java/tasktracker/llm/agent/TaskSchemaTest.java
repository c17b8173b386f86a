package tasktracker.llm.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tasktracker.platform.web.problem.Problem;

class TaskSchemaTest {

  private static final String TASK = """
      {"type":"object","properties":{"title":{"type":"string","maxLength":10},"due":{"type":"date"},"link":{"type":"url"}},
       "required":["title"]}""";

  @Test
  void datesEmailsAndUrlsAreTextsOfAFormat() {
    JsonObject schema = TaskSchema.parse(TASK);
    assertThat(schema.getJsonObject("properties").getJsonObject("due").toString()).isEqualTo("{\"type\":\"string\",\"format\":\"date\"}");
    assertThat(schema.getJsonObject("properties").getJsonObject("link").getString("format")).isEqualTo("uri");
  }

  @Test
  void answersAreCheckedAgainstTheSchema() {
    JsonObject schema = TaskSchema.parse(TASK);
    assertThat(TaskSchema.errors(schema, "{\"title\":\"Fix it\"}")).isEmpty();
    assertThat(TaskSchema.errors(schema, "{\"due\":1}")).hasSizeGreaterThanOrEqualTo(2).anyMatch(e -> e.contains("title"));
    assertThat(TaskSchema.errors(schema, "[]")).isNotEmpty();
  }

  @Test
  void aListOfFieldsIsAcceptedToo() {
    JsonObject schema = TaskSchema.parse("{\"title\":{\"type\":\"string\",\"required\":true,\"description\":\"What to do\"},"
        + "\"points\":{\"type\":\"integer\"}}");
    assertThat(schema.getString("type")).isEqualTo("object");
    assertThat(schema.getJsonArray("required").getString(0)).isEqualTo("title");
    assertThat(TaskSchema.fields(schema)).containsExactly(new TaskSchema.Field("title", "string", true, "What to do"),
        new TaskSchema.Field("points", "integer", false, ""));
  }

  @Test
  void fieldsOfTheEditorBecomeTheSameFieldsAgain() {
    List<TaskSchema.Field> fields = List.of(new TaskSchema.Field("due", "date", true, "When"),
        new TaskSchema.Field("who", "email", false, ""));
    assertThat(TaskSchema.fields(TaskSchema.ofFields(fields))).isEqualTo(fields);
  }

  @Test
  void emptyAndRepeatedNamesAreRefused() {
    var named = new TaskSchema.Field("a", "string", false, "");
    var blank = new TaskSchema.Field(" ", "string", false, "");
    assertThatThrownBy(() -> TaskSchema.ofFields(List.of(named, named))).isInstanceOf(Problem.class);
    assertThatThrownBy(() -> TaskSchema.ofFields(List.of(named, blank))).isInstanceOf(Problem.class);
    assertThatThrownBy(() -> TaskSchema.ofFields(List.of())).isInstanceOf(Problem.class);
  }

  @Test
  void aNestedSchemaIsNotShownAsFields() {
    assertThat(TaskSchema
        .fields(TaskSchema.parse("{\"type\":\"object\",\"properties\":{\"tags\":{\"type\":\"array\",\"items\":{\"type\":\"string\"}}}}")))
        .isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "{}", "{\"type\":\"array\"}", "{\"type\":\"object\",\"properties\":{}}",
      "{\"type\":\"object\",\"properties\":{\"a\":{}}}", "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"file\"}}}",
      "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"string\"}},\"required\":\"a\"}",
      "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"string\",\"maxLength\":-1}}}",
      "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"object\",\"$ref\":\"http://127.0.0.1/x\"}}}",
      "{\"$schema\":\"http://127.0.0.1/meta\",\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"string\"}}}",
      "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"string\"}}} x"})
  void otherSchemasAreRefused(String schema) {
    assertThatThrownBy(() -> TaskSchema.parse(schema)).isInstanceOf(Problem.class);
  }
}
