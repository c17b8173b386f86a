package tasktracker.source;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tasktracker.harness.ApiResponse;
import tasktracker.harness.Api;
import tasktracker.harness.Product;
import tasktracker.harness.ProductTest;
import tasktracker.harness.Await;

@ProductTest
class ImportsIT {

  private static final String PATH = "/api/v1/imports";
  private static final Path SAMPLE = Path.of("src/main/resources/demo/chat.json");
  private static final Duration TIMEOUT = Duration.ofSeconds(60);
  private final Product product;
  private final Api api;
  private final long chat = 1_000_000_000L + ThreadLocalRandom.current().nextInt(900_000_000);
  @TempDir Path folder;

  ImportsIT(Product product) {
    this.product = product;
    this.api = product.api();
  }

  @Test
  void anImportHasADryRunAndTheSameFileAddsNothing() throws IOException {
    String id = upload(export(1, 250), "telegram-export", "true").expect(202).json().getString("id");
    JsonObject ready = await(id, "ready");
    assertThat(ready.getJsonObject("rehearsal").getInt("messages")).isEqualTo(250);
    assertThat(ready.getJsonObject("rehearsal").getJsonArray("chats").getJsonObject(0).getString("key")).isEqualTo("channel:" + chat);
    assertThat(ready.getJsonObject("rehearsal").getInt("authors")).isEqualTo(7);
    assertThat(stored()).isZero();
    api.post(PATH + "/" + id + "/start", "").expect(202);
    JsonObject done = await(id, "completed");
    assertThat(done.getInt("messages_fetched")).isEqualTo(250);
    assertThat(done.getInt("messages_stored")).isEqualTo(250);
    assertThat(done.getInt("messages_skipped")).isZero();
    assertThat(stored()).isEqualTo(250);
    JsonObject again = await(upload(export(1, 250), "telegram-export", "false").expect(202).json().getString("id"), "completed");
    assertThat(again.getInt("messages_stored")).isZero();
    assertThat(again.getInt("messages_skipped")).isEqualTo(250);
    assertThat(again.getJsonObject("rehearsal").getInt("duplicates")).isEqualTo(250);
    assertThat(stored()).isEqualTo(250);
  }

  /** The file has dates of its own; the sample is the same chat, moved by weeks. A message is known by its id. */
  @Test
  void theSampleChatIsNotThereTwiceWeeksLater() {
    await(api.post(PATH + "/sample", "").expect(202).json().getString("id"), "completed");
    JsonObject again = await(upload(SAMPLE, "telegram-export", "false").expect(202).json().getString("id"), "completed");
    assertThat(again.getInt("messages_stored")).isZero();
    assertThat(again.getInt("messages_revised")).isZero();
    assertThat(again.getInt("messages_skipped")).isEqualTo(243);
    assertThat(product.count("select count(*) from message m join chat c on c.id = m.chat_id where c.title = 'Kvitka · product team'"))
        .isEqualTo(243);
  }

  @Test
  void undoTakesAwayExactlyWhatThisImportAdded() throws IOException {
    await(upload(export(1, 120), "telegram-export", "false").expect(202).json().getString("id"), "completed");
    String wider = upload(export(100, 3000), "telegram-export", "false").expect(202).json().getString("id");
    assertThat(await(wider, "completed").getInt("messages_stored")).isEqualTo(2880);
    api.post(PATH + "/" + wider + "/undo", "");
    await(wider, "undone");
    assertThat(stored()).isEqualTo(120);
    api.post(PATH + "/" + wider + "/undo", "").expect(409);
    api.post(PATH + "/" + wider + "/start", "").expect(409);
  }

  @Test
  void aCancelledImportStopsAndGoesOnWhereItWas() throws IOException {
    String id = upload(export(1, 5_000), "telegram-export", "false").expect(202).json().getString("id");
    Await.until("some batches stored", TIMEOUT, () -> one(id).getInt("messages_fetched") > 200);
    api.post(PATH + "/" + id + "/cancel", "").expect(200);
    long then = stored();
    assertThat(then).isBetween(200L, 4_900L).isEqualTo(one(id).getInt("messages_stored"));
    api.post(PATH + "/" + id + "/start", "").expect(202);
    assertThat(await(id, "completed").getInt("messages_stored")).isEqualTo(5_000);
    assertThat(stored()).isEqualTo(5_000);
    api.post(PATH + "/" + id + "/undo", ""); // nobody needs their scores and vectors
    await(id, "undone");
  }

  @Test
  void aFileThatIsTooLargeIsRefusedAndForgotten() throws IOException {
    Path file = folder.resolve("large.json");
    Files.writeString(file, "{\"name\": \"" + "x".repeat(45_100_000) + "\", \"type\": \"private_group\", \"id\": 1, \"messages\": []}");
    long kept = product.count("select count(*) from import_chunk");
    assertThat(upload(file, "telegram-export", "true").expect(413).json().getString("detail")).contains("limited to 45 MB");
    assertThat(product.count("select count(*) from import_chunk")).isEqualTo(kept);
  }

  @Test
  void theFileOfAPreviewIsDeletedOnRequestAndCannotBeStartedThen() throws IOException {
    String id = upload(export(1, 20), "telegram-export", "true").expect(202).json().getString("id");
    await(id, "ready");
    JsonObject without = api.delete(PATH + "/" + id + "/file").expect(200).json();
    assertThat(without.getString("status")).isEqualTo("cancelled");
    assertThat(without.isNull("file_deleted_at")).isFalse();
    assertThat(pieces(id)).isZero();
    assertThat(api.post(PATH + "/" + id + "/start", "").expect(409).json().getString("detail")).contains("Upload it again");
    assertThat(product.count("select count(*) from audit where action = 'import.file_deleted' and subject_id = ?", id)).isOne();
  }

  @Test
  void filesOfAnImportAtWorkAreNotDeleted() throws IOException {
    String id = upload(export(1, 20), "telegram-export", "false").expect(202).json().getString("id");
    await(id, "completed");
    api.delete(PATH + "/" + id + "/file").expect(409);
  }

  /** Two weeks pass for some of them; the schedule comes round. */
  @Test
  void filesThatNobodyStartsForDaysAreDeletedAndYoungerOnesStay() throws IOException {
    String previewed = upload(export(1, 20), "telegram-export", "true").expect(202).json().getString("id");
    String cancelled = upload(export(1, 20), "telegram-export", "true").expect(202).json().getString("id");
    String young = upload(export(1, 20), "telegram-export", "true").expect(202).json().getString("id");
    for (String id : List.of(previewed, cancelled, young)) {
      await(id, "ready");
    }
    api.post(PATH + "/" + cancelled + "/cancel", "").expect(200);
    product.database().useHandle(sql -> {
      sql.execute("update import set updated_at = now() - interval '8 days' where id in (?::uuid, ?::uuid)", previewed, cancelled);
      sql.execute("update schedule set next_at = now() where name = 'delete-import-files'");
    });
    Await.until("the old files are deleted", TIMEOUT, () -> pieces(previewed) + pieces(cancelled) == 0);
    assertThat(pieces(young)).isPositive();
    assertThat(one(previewed).isNull("file_deleted_at")).isFalse();
    assertThat(one(young).getString("status")).isEqualTo("ready");
  }

  private long pieces(String id) {
    return product.count("select count(*) from import_chunk where import_id = ?::uuid", id);
  }

  @Test
  void slackAndPlainLinesComeInTheSameWay() throws IOException {
    Path lines = folder.resolve("talk.jsonl");
    Files.writeString(lines, LongStream.rangeClosed(1, 30).mapToObj(i -> """
        {"chat": "jsonl-%d", "id": "%d", "author": "Olena", "sent_at": "2026-05-04T10:00:00Z", "text": "line %d"}
        """.formatted(chat, i, i)).collect(Collectors.joining()));
    assertThat(await(upload(lines, "messages-jsonl", "false").expect(202).json().getString("id"), "completed").getInt("messages_stored"))
        .isEqualTo(30);
    Path zip = folder.resolve("slack.zip");
    try (var out = new java.util.zip.ZipOutputStream(Files.newOutputStream(zip))) {
      for (var file : Map.of("users.json", "[{\"id\": \"U1\", \"name\": \"olena\"}]", "channels.json",
          "[{\"id\": \"C" + chat + "\", \"name\": \"general\"}]", "general/2026-05-04.json",
          "[{\"user\": \"U1\", \"text\": \"hello\", \"ts\": \"1777888800.000100\"}]").entrySet()) {
        out.putNextEntry(new java.util.zip.ZipEntry(file.getKey()));
        out.write(file.getValue().getBytes(java.nio.charset.StandardCharsets.UTF_8));
      }
    }
    assertThat(await(upload(zip, "slack-export", "false").expect(202).json().getString("id"), "completed").getInt("messages_stored"))
        .isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {"telegram-export | {\"id\": 1, \"type\": \"a\", \"messages\": [\\n{\"id\": } | 400 | line 2",
      "telegram-export | {\"ok\": true} | 422 | line 1, column", "slack-export | no zip | 422 | This ZIP file",
      "messages-jsonl | {\"chat\": \"x\"} | 422 | Line 1", "messages-jsonl | {{ | 400 | Line 1",
      "telegram-export | '' | 422 | a file that is not empty",
      "whatsapp | x | 422 | must be one of messages-jsonl, slack-export, telegram-export"})
  void aFileThatCannotBeReadIsRefusedWithThePlaceAndForgotten(String source, String text, int status, String complaint) throws IOException {
    long before = product.count("select count(*) from import");
    Path file = folder.resolve("file");
    Files.writeString(file, text.replace("\\n", "\n"));
    assertThat(upload(file, source, "true").expect(status).json().getString("detail")).contains(complaint);
    assertThat(product.count("select count(*) from import")).isEqualTo(before);
  }

  @Test
  void unknownImportsReturn404AndHistoryReturns501() {
    api.get(PATH + "/" + UUID.randomUUID()).expect(404);
    api.post(PATH + "/" + UUID.randomUUID() + "/start", "").expect(404);
    api.get(PATH + "?status=flying").expect(400);
    api.post(PATH, "{}").expect(415);
    product.anonymous().get(PATH).expect(401);
    assertThat(api.post("/api/v1/ingestion/telegram", "{\"chat_ids\": [1]}").expect(501).json().getString("detail"))
        .contains("result.json");
    api.get("/api/v1/ingestion/jobs").expect(200);
  }

  @Test
  void aMessageFromTheBotIsNotImportedAgainInAPrivateChat() throws IOException {
    product.telegram().post("/webhook/telegram", """
        {"update_id": %d, "message": {"message_id": 9000, "from": {"id": %d, "first_name": "Olena"},
         "chat": {"id": %d, "type": "private", "first_name": "Olena"}, "date": 1700000000, "text": "same words"}}
        """.formatted(chat, chat, chat)).expect(200);
    Path file = folder.resolve("private.json");
    Files.writeString(file, """
        {"name": "Olena", "type": "personal_chat", "id": %d, "messages": [
         {"id": 12, "type": "message", "date_unixtime": "1700000000", "from": "Olena", "from_id": "user%d", "text": "same words"},
         {"id": 13, "type": "message", "date_unixtime": "1700000000", "from": "Olena", "from_id": "user%d", "text": "other words"}]}
        """.formatted(chat, chat, chat));
    JsonObject done = await(upload(file, "telegram-export", "false").expect(202).json().getString("id"), "completed");
    assertThat(done.getInt("messages_stored")).isEqualTo(1);
    assertThat(done.getInt("messages_skipped")).isEqualTo(1);
    assertThat(done.getJsonObject("rehearsal").getInt("duplicates")).isEqualTo(1);
  }

  /** Repeats within a batch of the import (100 lines), within one of the dry run (1,000) and across both. */
  @Test
  void theDryRunCountsRepeatedIdsAsTheImportDoes() throws IOException {
    List<String> lines = LongStream.rangeClosed(1, 2_500).mapToObj(i -> line(i, "line " + i)).collect(Collectors.toList());
    lines.add(7, line(3, "line 3"));
    lines.add(300, line(4, "line 4"));
    lines.add(line(5, "line 5"));
    lines.add(9, line(6, "another line 6"));
    lines.add(400, line(7, "another line 7"));
    lines.add(line(8, "another line 8"));
    lines.add(line(9, "line 9, edited").replace("}", ", \"edited_at\": \"2026-05-04T11:00:00Z\"}"));
    Path file = folder.resolve("repeats.jsonl");
    Files.writeString(file, String.join("\n", lines));
    JsonObject done = await(upload(file, "messages-jsonl", "false").expect(202).json().getString("id"), "completed");
    JsonObject dryRun = done.getJsonObject("rehearsal");
    assertThat(dryRun.getInt("lines")).isEqualTo(2_507).isEqualTo(done.getInt("messages_fetched"));
    assertThat(dryRun.getInt("messages") - dryRun.getInt("duplicates")).isEqualTo(2_500).isEqualTo(done.getInt("messages_stored"));
    assertThat(dryRun.getInt("duplicates")).isEqualTo(4).isEqualTo(done.getInt("messages_skipped") + done.getInt("messages_revised"));
    assertThat(dryRun.getInt("faults")).isEqualTo(3).isEqualTo(done.getInt("errors_count"));
    assertThat(dryRun.getJsonArray("unreadable_parts")).extracting(part -> part.asJsonObject().getString("name"))
        .containsExactly("6", "7", "8");
    assertThat(product.count("select count(*) from import_message_id where import_id = ?::uuid", done.getString("id"))).isZero();
  }

  private String line(long id, String text) {
    return "{\"chat\": \"repeats-%d\", \"id\": \"%d\", \"author\": \"Olena\", \"sent_at\": \"2026-05-04T10:00:00Z\", \"text\": \"%s\"}"
        .formatted(chat, id, text);
  }

  private Path export(long from, long to) throws IOException {
    Path file = folder.resolve("result-" + from + "-" + to + ".json");
    Files.writeString(file, "{\"name\": \"Team\", \"type\": \"private_supergroup\", \"id\": " + chat + ", \"messages\": ["
        + LongStream.rangeClosed(from, to).mapToObj(i -> """
            {"id": %d, "type": "message", "date_unixtime": "%d", "from": "Person %d", "from_id": "user%d", "text": "message number %d"}"""
            .formatted(i, 1_700_000_000 + i, i % 7, chat + i % 7, i)).collect(Collectors.joining(",\n"))
        + "]}");
    return file;
  }

  private ApiResponse upload(Path file, String source, String dryRun) {
    return api.upload(PATH, Map.of("source", source, "dry_run", dryRun), file);
  }

  private JsonObject await(String id, String status) {
    return Await.forValue("import " + status, TIMEOUT, () -> one(id),
        i -> i.getString("status").equals(status) || i.getString("status").equals("failed"));
  }

  private JsonObject one(String id) {
    return api.get(PATH + "/" + id).expect(200).json();
  }

  private long stored() {
    return product.count("select count(*) from message m join chat c on c.id = m.chat_id where c.external_id = ?", "channel:" + chat);
  }
}
