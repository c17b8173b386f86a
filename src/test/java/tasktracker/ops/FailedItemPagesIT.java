package tasktracker.ops;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import tasktracker.harness.Api;
import tasktracker.harness.Browser;
import tasktracker.harness.Product;
import tasktracker.harness.ProductTest;
import tasktracker.harness.Await;

/** One item of a batch cannot be done, on the running product: the database refuses what is written about it. */
@ProductTest
@Isolated("It changes triggers of tables that every other test writes")
class FailedItemPagesIT {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private final Product product;
  private final Api api;
  private final String mark = "poison" + UUID.randomUUID().toString().substring(0, 8);
  private final String chat = "batch-" + mark;
  @TempDir Path folder;

  FailedItemPagesIT(Product product, Api api) {
    this.product = product;
    this.api = api;
  }

  @AfterEach
  void allowAll() {
    for (String table : List.of("message", "message_embedding")) {
      product.database().useHandle(sql -> sql.execute("drop trigger if exists test_refuses on " + table));
    }
    product.database().useHandle(sql -> sql.execute("drop function if exists test_refuse() cascade"));
  }

  /** From now on the database refuses such rows of the table. */
  private void refuse(String table, String when, String condition) {
    product.database().useHandle(sql -> {
      sql.execute("create or replace function test_refuse() returns trigger language plpgsql as "
          + "$$ begin raise exception 'The row is refused' using errcode = 'data_exception'; end $$");
      sql.execute("create trigger test_refuses before %s on %s for each row when (%s) execute function test_refuse()".formatted(when, table,
          condition));
    });
  }

  private String imported(List<String> texts) throws IOException {
    Path lines = folder.resolve("talk.jsonl");
    Files.writeString(lines, IntStream.range(0, texts.size()).mapToObj(i -> """
        {"chat": "%s", "id": "%d", "author": "Vera", "sent_at": "2026-11-01T10:00:%02dZ", "text": "%s"}
        """.formatted(chat, i + 1, i, texts.get(i))).collect(Collectors.joining()));
    String id = api.upload("/api/v1/imports", Map.of("source", "messages-jsonl", "dry_run", "false"), lines).expect(202).json()
        .getString("id");
    Await.until("the import is completed", PATIENCE, () -> importOf(id).getString("status").equals("completed"));
    return id;
  }

  private JsonObject importOf(String id) {
    return api.get("/api/v1/imports/" + id).json();
  }

  private List<JsonObject> failed(String kind) {
    return api.get("/api/v1/jobs/failed-items?limit=500&kind=" + kind).expect(200).json().getJsonArray("items").stream()
        .map(JsonValue::asJsonObject).toList();
  }

  private UUID message(String text) {
    return product.database().withHandle(sql -> sql.select("select id from message where content = ?", text).mapTo(UUID.class).one());
  }

  private long counted(String where) {
    return product.count("select count(*) from message m join chat c on c.id = m.chat_id where c.external_id = ? and " + where, chat);
  }

  @Test
  void aMessageThatCannotBeStoredIsSetAsideAndStoredLater() throws IOException {
    refuse("message", "insert", "new.content = '" + mark + "'");
    String id = imported(List.of("one", mark, "three", "four"));
    assertThat(counted("true")).isEqualTo(3);
    assertThat(importOf(id).getInt("errors_count")).isEqualTo(1);
    JsonObject item = failed("import_message").stream().filter(f -> f.getString("import_id").equals(id)).findFirst().orElseThrow();
    assertThat(item.getString("item")).isEqualTo(id + ":2");
    assertThat(item.getString("error")).contains("The row is refused");
    allowAll();
    api.post("/api/v1/jobs/failed-items/" + item.getString("id") + "/retry", "").expect(202);
    Await.until("it is stored", PATIENCE, () -> counted("content = '" + mark + "'") == 1 && failed("import_message").isEmpty());
    assertThat(importOf(id).getInt("errors_count")).isZero();
    assertThat(importOf(id).getInt("messages_stored")).isEqualTo(4);
    api.post("/api/v1/jobs/failed-items/" + item.getString("id") + "/retry", "").expect(404);
    assertThat(product.count("select count(*) from audit where action = 'failed_item.retried' and subject_id = ?", item.getString("id")))
        .isOne();
    Await.until("it is scored", PATIENCE, () -> counted("importance_score is null") == 0);
  }

  @Test
  void anUndoneImportLeavesNothingToRetry() throws IOException {
    refuse("message", "insert", "new.content = '" + mark + "'");
    String id = imported(List.of("one", mark));
    assertThat(failed("import_message")).hasSize(1);
    api.post("/api/v1/imports/" + id + "/undo", "");
    Await.until("it is undone", PATIENCE, () -> importOf(id).getString("status").equals("undone"));
    assertThat(failed("import_message")).isEmpty();
  }

  @Test
  void aMessageThatCannotBeScoredOrEmbeddedIsShownAndRetriedByOlena(Browser browser) throws IOException {
    refuse("message", "update of importance_score", "new.content = '" + mark + "' and new.importance_score is not null");
    imported(List.of("The build is red", mark, "ok"));
    Await.until("the others are scored", PATIENCE, () -> counted("importance_score is not null") == 2);
    Await.until("it is listed", PATIENCE, () -> failed("score_message").size() == 1);
    UUID message = message(mark);
    var page = browser.signIn().go("/system/jobs");
    page.locator("#failed-items tbody tr a[href='/messages/" + message + "']").waitFor();
    page.locator("#failed-items tbody tr a[href='/messages/" + message + "']").click();
    page.locator("#message-failures .note").waitFor();
    assertThat(page.locator("#message-failures").textContent()).contains("could not be scored", "The row is refused");
    allowAll();
    page.locator("#message-failures button").focus();
    page.keyboard().press("Enter");
    page.waitForURL("**/messages/" + message);
    page.locator("#message-failures .note").waitFor(new com.microsoft.playwright.Locator.WaitForOptions()
        .setState(com.microsoft.playwright.options.WaitForSelectorState.DETACHED));
    assertThat(failed("score_message")).isEmpty();
    assertThat(counted("importance_score is null")).isZero();
  }

  @Test
  void aVectorThatCannotBeStoredIsListedUntilItsMessageIsDeleted(Browser browser) throws IOException {
    refuse("message_embedding", "insert", "new.content_hash = sha256('" + mark + "')");
    imported(List.of("one", mark, "three"));
    Await.until("it is listed", PATIENCE, () -> failed("embed_message").size() == 1);
    UUID message = message(mark);
    assertThat(product.count(
        "select count(*) from message_embedding e join message m on m.id = e.message_id join chat c on c.id = m.chat_id where c.external_id = ?",
        chat))
        .isEqualTo(2);
    var page = browser.signIn().go("/system/jobs");
    var row = page.locator("#failed-items tbody tr a[href='/messages/" + message + "']");
    row.first().waitFor();
    product.database().useHandle(sql -> sql.execute("delete from message where id = ?", message));
    assertThat(failed("embed_message")).isEmpty();
    page.locator("#retry-failed-items, #failed-items .empty").first().waitFor();
    if (page.locator("#retry-failed-items").count() > 0) {
      page.locator("#retry-failed-items").click();
    }
    page.locator("#failed-items .empty").waitFor();
  }

  @Test
  void theFiveMessagesWithTheEmptyTokenAreScored() throws IOException {
    imported(List.of("We keep both fields.", "Should n’t they be unified?", "I will do it on Monday.", "ok", "The build is red."));
    Await.until("all are scored", PATIENCE, () -> counted("importance_score is not null") == 5);
    assertThat(counted("noise_reasons::text like '%not_judged%'")).as("scored without their words").isZero();
  }

  @Test
  void whoMayNotRetryIsRefusedAndWhatIsAskedWronglyToo() {
    assertThat(product.anonymous().get("/api/v1/jobs/failed-items").status()).isEqualTo(401);
    api.get("/api/v1/jobs/failed-items?limit=0").expect(400);
    api.get("/api/v1/jobs/failed-items?state=dead").expect(400);
    api.post("/api/v1/jobs/failed-items/" + UUID.randomUUID() + "/retry", "").expect(404);
    assertThat(api.get("/api/v1/jobs/failed-items").expect(200).json()).containsKeys("items", "next", "total");
  }
}
