package tasktracker.source;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tasktracker.harness.ApiResponse;
import tasktracker.harness.Api;
import tasktracker.harness.Product;
import tasktracker.harness.ProductTest;
import tasktracker.harness.Await;

/** Olena imports the files that people have: she finds what is in them, and what could not be read with the reason. */
@ProductTest
class RealFilesIT {

  private static final String PATH = "/api/v1/imports";
  private static final Duration TIMEOUT = Duration.ofSeconds(60);
  private final Product product;
  private final Api api;
  @TempDir private Path folder;

  RealFilesIT(Product product) {
    this.product = product;
    this.api = product.api();
  }

  static Stream<ImportCase> cases() {
    return Stream.concat(ImportCase.reported(), FurtherImportCases.all());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void readablePartsAreStoredAndOthersListedWithReasons(ImportCase expected) throws IOException {
    ApiResponse answer = upload(expected.format(), expected.file(), expected.refusal() == null ? "false" : "true");
    if (expected.refusal() != null) {
      assertThat(answer.status()).as(answer.body()).isIn(400, 422);
      assertThat(answer.json().getString("detail")).startsWith(expected.refusal());
      return;
    }
    JsonObject done = await(answer.expect(202).json().getString("id"));
    assertThat(stored(done.getString("id"))).containsExactlyInAnyOrderElementsOf(expected.said());
    assertThat(done.getInt("errors_count")).isGreaterThanOrEqualTo(expected.unreadable().size());
    assertUnreadable(done, expected.unreadable());
  }

  private void assertUnreadable(JsonObject done, List<String> expected) {
    List<JsonObject> parts = done.getJsonObject("rehearsal").getJsonArray("unreadable_parts").getValuesAs(JsonObject.class);
    assertThat(parts).hasSameSizeAs(expected);
    String page = api.with("Accept", "text/html").get("/ingestion/" + done.getString("id")).expect(200).body();
    for (int i = 0; i < parts.size(); i++) {
      assertThat(parts.get(i).getString("name") + " | " + parts.get(i).getString("reason")).startsWith(expected.get(i));
      assertThat(page).contains("<bdi>" + parts.get(i).getString("name") + "</bdi>");
    }
    assertThat(page.contains("Parts that could not be read")).isEqualTo(!expected.isEmpty());
  }

  @Test
  void aPlaceholderNameIsReplacedAndNeverReplacesAName() throws IOException {
    String unnamed = reported("export-name-1-null.json", "930000078");
    String named = reported("export-name-2-known.json", "930000078");
    assertThat(stored(imported(unnamed))).containsExactly("Deleted account: first");
    assertThat(stored(imported(named))).containsExactly("Real Name: second");
    assertThat(stored(imported(unnamed.replace("\"id\": 1,", "\"id\": 3,")))).containsExactly("Real Name: first");
  }

  @Test
  void aNameThatALaterMessageOfTheFileTellsIsThePersonsName() throws IOException {
    String both = reported("export-name-1-null.json", "930000079").replace("\"text\": \"first\"\n  }",
        "\"text\": \"first\"\n  }, {\"id\": 2, \"type\": \"message\", \"date_unixtime\": \"1761000002\", \"from\": \"Later Name\", \"from_id\": \"user930000079\", \"text\": \"second\"}");
    assertThat(stored(imported(both))).containsExactlyInAnyOrder("Later Name: first", "Later Name: second");
  }

  @Test
  void aCustomEmojiIsAReactionByThatName() throws IOException {
    String id = imported(reported("export-custom-emoji-reaction.json", "920000009"));
    String reactions = product.database()
        .withHandle(sql -> sql.select("select reactions::text from message where import_id = ?::uuid", id).mapTo(String.class).one());
    assertThat(reactions).contains("custom emoji").doesNotContain("File not included");
  }

  /** The same file for another person in a chat of its own, so that no other test has them. */
  private static String reported(String name, String user) {
    return new String(ImportCase.resource(name), StandardCharsets.UTF_8).replaceAll("user9[23]0000\\d+", "user" + user)
        .replaceAll("\"id\": 33\\d+", "\"id\": 35" + user.substring(1));
  }

  private String imported(String export) throws IOException {
    return await(upload("telegram-export", export.getBytes(StandardCharsets.UTF_8), "false").expect(202).json().getString("id"))
        .getString("id");
  }

  private ApiResponse upload(String format, byte[] bytes, String dryRun) throws IOException {
    return api.upload(PATH, Map.of("source", format, "dry_run", dryRun), Files.write(folder.resolve("result.json"), bytes));
  }

  private List<String> stored(String id) {
    return product.database().withHandle(sql -> sql.select("""
        select p.first_name, m.content from message m join person p on p.id = m.author_id where m.import_id = ?::uuid""", id)
        .map((row, context) -> ImportCase.shown(row.getString(1), row.getString(2))).list());
  }

  private JsonObject await(String id) {
    JsonObject found = Await.forValue("import completed", TIMEOUT, () -> api.get(PATH + "/" + id).expect(200).json(),
        i -> List.of("completed", "failed").contains(i.getString("status")));
    assertThat(found.getString("status")).as(found.toString()).isEqualTo("completed");
    return found;
  }
}
