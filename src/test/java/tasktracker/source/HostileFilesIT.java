package tasktracker.source;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tasktracker.harness.ApiResponse;
import tasktracker.harness.Api;
import tasktracker.harness.Product;
import tasktracker.harness.ProductTest;
import tasktracker.harness.Await;
import tasktracker.source.slack.HostileArchive;

/** Files and bodies that are made to harm meet the product with the heap that it has: it refuses them in words and stays. */
@ProductTest
class HostileFilesIT {

  private static final String PATH = "/api/v1/imports";
  private static final Duration TIMEOUT = Duration.ofSeconds(90);
  private final Product product;
  private final Api api;
  @TempDir private Path folder;

  HostileFilesIT(Product product) {
    this.product = product;
    this.api = product.api();
  }

  @AfterEach
  void theServerIsThere() {
    assertThat(api.get("/api/health").status()).isEqualTo(200);
  }

  @Test
  void anArchiveOfThreeHundredThousandPeopleIsRefused() throws IOException {
    ApiResponse refused = upload(HostileArchive.ofPeople(file("people.zip"), 330_000), "slack-export").expect(422);
    assertThat(refused.json().getString("detail")).contains("too many users and conversations");
  }

  @Test
  void eightThousandConversationsOfOneDayComeIn() throws IOException {
    String id = upload(HostileArchive.ofConversations(file("channels.zip"), 8_000), "slack-export").expect(202).json().getString("id");
    JsonObject done = await(id, "completed");
    assertThat(done.getInt("messages_fetched")).isEqualTo(8_000);
    assertThat(done.getInt("errors_count")).isZero();
    takeBack(id);
  }

  @Test
  void nineHundredMessagesOfAMegabyteAreRefused() throws IOException {
    Path bomb = HostileArchive.ofLongMessages(file("bomb.zip"), 900, 1_000_000, true);
    assertThat(upload(bomb, "slack-export").expect(422).json().getString("detail")).contains("compression ratio");
  }

  @Test
  void messagesOfAMegabyteThatAreNoBombAreLeftOutAndCounted() throws IOException {
    Path large = HostileArchive.ofLongMessages(file("large.zip"), 50, 1_000_000, false);
    JsonObject done = await(upload(large, "slack-export").expect(202).json().getString("id"), "completed");
    assertThat(done.getInt("messages_stored")).isZero();
    assertThat(done.getInt("errors_count")).isEqualTo(50);
    assertThat(done.getJsonObject("rehearsal").getJsonObject("skipped").getInt("too_large")).isEqualTo(50);
  }

  @Test
  void theLongestMessagesComeInByManyShortBatches() throws IOException {
    Path longest = HostileArchive.ofLongMessages(file("longest.zip"), 200, 65_536, false);
    String id = upload(longest, "slack-export").expect(202).json().getString("id");
    JsonObject done = await(id, "completed");
    assertThat(done.getInt("messages_stored")).isEqualTo(200);
    assertThat(done.getInt("current_batch")).isGreaterThan(10).isEqualTo(done.getInt("total_batches"));
    takeBack(id);
  }

  @Test
  void archivesThatComeTogetherWaitForEachOther() throws IOException {
    Path archive = HostileArchive.ofPeople(file("people.zip"), 30_000);
    List<CompletableFuture<String>> uploads = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      uploads.add(CompletableFuture.supplyAsync(() -> upload(archive, "slack-export").expect(202).json().getString("id")));
    }
    for (CompletableFuture<String> upload : uploads) {
      takeBackIfStored(await(upload.join(), "completed"));
    }
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {"entries | entries", "names | directory of the ZIP file", "hashes | crafted to slow down",
      "overlaps | overlap"})
  void archivesWithDirectoriesMadeToHarmAreRefused(String kind, String complaint) throws IOException {
    Path file = file(kind + ".zip");
    Path archive = switch (kind) {
      case "entries" -> HostileArchive.ofEntries(file, 250_000, 10);
      case "names" -> HostileArchive.ofEntries(file, 300, 65_000);
      case "hashes" -> HostileArchive.ofChosenNames(file, 12);
      default -> HostileArchive.ofOverlaps(file, 500);
    };
    assertThat(upload(archive, "slack-export").expect(422).json().getString("detail")).contains(complaint);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {"number | 422 | The number at offset", "depth | 400 | The file is incomplete"})
  void anExportThatIsMadeToHarmIsRefused(String kind, int status, String complaint) throws IOException {
    Path export = file("result.json");
    try (var in = HostileExportFile.of(kind); var out = Files.newOutputStream(export)) {
      in.transferTo(out);
    }
    assertThat(upload(export, "telegram-export").expect(status).json().getString("detail")).contains(complaint);
  }

  @Test
  void aMessageWithAHundredThousandSpansFailsNoneBesideIt() throws IOException {
    Path export = file("result.json");
    try (var in = HostileExportFile.of("entities"); var out = Files.newOutputStream(export)) {
      in.transferTo(out);
    }
    String id = upload(export, "telegram-export").expect(202).json().getString("id");
    assertThat(await(id, "completed").getInt("errors_count")).isEqualTo(1);
    takeBack(id);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {"deep arrays | nested more than 100 deep", "deep objects | nested more than 100 deep",
      "digits | a number of more than 1000 digits", "exponent | ''", "values | more than 50000 values"})
  void bodiesThatAreMadeToHarmAreRefused(String kind, String complaint) {
    String body = switch (kind) {
      case "deep arrays" -> "{\"content\": " + "[".repeat(1_000_000);
      case "deep objects" -> "{\"a\":".repeat(100_000) + "1" + "}".repeat(100_000);
      case "digits" -> "{\"content\": " + "9".repeat(900_000) + "}";
      case "exponent" -> "{\"content\": 1e999999999}";
      default -> "{\"unknown\": [" + "[],".repeat(300_000) + "[]]}";
    };
    for (String path : List.of("/api/v1/messages", "/api/v1/sources")) {
      ApiResponse refused = api.post(path, body);
      assertThat(refused.status()).as(path).isEqualTo(kind.equals("exponent") ? 422 : 400);
      assertThat(refused.body()).contains(complaint).doesNotContain("\tat ");
    }
    ApiResponse webhook = product.telegram().post("/webhook/telegram", "{\"update_id\": 1, \"x\": " + body + "}");
    assertThat(webhook.status()).isEqualTo(kind.equals("exponent") ? 200 : 400);
    assertThat(webhook.body()).doesNotContain("Exception").doesNotContain("\tat ");
  }

  @Test
  void anImportWhoseServerWasLostAgainAndAgainSaysSo() throws IOException {
    Path lines = file("talk.jsonl");
    Files.writeString(lines, """
        {"chat": "lost", "id": "1", "author": "Olena", "sent_at": "2026-05-04T10:00:00Z", "text": "hello"}
        """);
    String id = api.upload(PATH, Map.of("source", "messages-jsonl", "dry_run", "true"), lines).expect(202).json().getString("id");
    await(id, "ready");
    UUID job = UUID.randomUUID();
    product.database().useHandle(sql -> {
      sql.execute("insert into job (id, kind, queue, payload, state, attempt, max_attempts, finished_at)"
          + " values (?, 'ingest_telegram_messages_task', 'bulk', '{}', 'dead', 3, 3, now())", job);
      for (int attempt = 1; attempt <= 3; attempt++) {
        sql.execute(
            "insert into job_attempt (job_id, attempt, node, started_at, finished_at, outcome) values (?, ?, 'n', now(), now(), 'lost')",
            job, attempt);
      }
      sql.execute("update import set status = 'running', job_id = ? where id = ?::uuid", job, id);
      sql.execute(
          "insert into job (id, kind, queue, payload, state, max_attempts) values (?, 'fail_lost_imports_task', 'default', '{}', 'queued', 1)",
          UUID.randomUUID());
    });
    JsonObject failed = await(id, "failed");
    assertThat(failed.getJsonObject("error_log").getString("error")).startsWith("The server stopped three times");
    product.database().useHandle(sql -> sql.execute("delete from job where id = ?", job));
    api.post(PATH + "/" + id + "/start", "").expect(202);
    assertThat(await(id, "completed").getInt("messages_stored")).isEqualTo(1);
  }

  private Path file(String name) {
    return folder.resolve(name);
  }

  private static Map<String, String> fields(String source) {
    return Map.of("source", source, "dry_run", "false");
  }

  private ApiResponse upload(Path file, String source) {
    return api.upload(PATH, fields(source), file);
  }

  /** Nobody needs their scores and vectors. */
  private void takeBack(String id) {
    api.post(PATH + "/" + id + "/undo", "");
    await(id, "undone");
  }

  private void takeBackIfStored(JsonObject import_) {
    if (import_.getInt("messages_stored") > 0) {
      takeBack(import_.getString("id"));
    }
  }

  private JsonObject await(String id, String status) {
    JsonObject found = Await.forValue("import " + status, TIMEOUT, () -> api.get(PATH + "/" + id).expect(200).json(),
        i -> i.getString("status").equals(status) || i.getString("status").equals("failed"));
    assertThat(found.getString("status")).as(found.toString()).isEqualTo(status);
    return found;
  }
}
