package tasktracker.message;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tasktracker.harness.ApiResponse;
import tasktracker.harness.Api;
import tasktracker.harness.Product;
import tasktracker.harness.ProductTest;
import tasktracker.harness.Await;

/** Messages that somebody wrote to wear the server out are kept whole, shown in part, found, and cost nobody else time. */
@ProductTest
class LongMessagesIT {

  /** As many as one message may have; of these a thousand are kept. */
  private static final int MARKS = 5_000;
  private static final int MAX_LENGTH = 65_536;
  private static final int FAR_TOO_MANY = 120_000;
  private final Product product;
  private final Api api;
  private final Api page;
  private final long chat = 1_000_000_000L + ThreadLocalRandom.current().nextInt(900_000_000);
  /** A word that only this test writes. */
  private final String word = "w" + UUID.randomUUID().toString().replaceAll("[^a-f]", "") + "zz";
  @TempDir Path folder;

  LongMessagesIT(Product product) {
    this.product = product;
    this.api = product.api();
    this.page = api.with("Accept", "text/html");
  }

  @Test
  void aLongMessageIsStoredWholeAndAllPagesShowIt() throws IOException {
    String words = (word + " ").repeat(MAX_LENGTH / (word.length() + 1));
    bringIn("""
        {"id": 1, "type": "message", "date_unixtime": "1700000001", "from": "Olena", "from_id": "user7", "text_entities": [%s]},
        {"id": 2, "type": "message", "date_unixtime": "1700000002", "from": "Olena", "from_id": "user7", "text": "%s"},
        {"id": 4, "type": "message", "date_unixtime": "1700000004", "from": "Olena", "from_id": "user7", "text_entities": [%s]},
        {"id": 5, "type": "message", "date_unixtime": "1700000005", "from": "Olena", "from_id": "user7", "text": "%s"}"""
        .formatted(marks(MARKS), words, marks(FAR_TOO_MANY), "z".repeat(1 << 20)));
    String marked = id(1);
    String found = page.get("/search?q=" + word).expect(200).body();
    assertThat(found).contains("hit-" + marked, "hit-" + id(2), "<mark>" + word + "</mark>");
    assertThat(found.length()).isLessThan(200_000);
    assertThat(api.get("/api/v1/search?q=" + word).expect(200).json().getJsonArray("messages")).isNotEmpty();
    assertThat(page.get("/messages?q=" + word).expect(200).body().length()).isLessThan(200_000);

    String reader = page.get("/messages/" + marked).expect(200).body();
    assertThat(reader.split("<span class=\"bold\">b</span>", -1)).hasSize(1001);
    assertThat(reader).contains("/messages/" + marked + "/text");
    assertThat(page.get("/messages/" + id(2)).expect(200).body().length()).isLessThan(200_000);

    ApiResponse text = api.get("/messages/" + id(2) + "/text").expect(200);
    assertThat(text.body()).isEqualTo(words);
    assertThat(text.header("Content-Type").orElse("")).startsWith("text/plain");
    assertThat(api.get("/api/v1/messages/" + marked).expect(200).json().getString("content")).isEqualTo(word + "    b".repeat(MARKS));
    assertThat(api.get("/messages/export?id=" + id(2)).expect(200).body()).contains(words);
  }

  private String marks(int count) {
    return "\"" + word + "\"" + ", \"    \", {\"type\": \"bold\", \"text\": \"b\"}".repeat(count);
  }

  @Test
  void marksThatAllLieInEachOtherAreShownFromAWebhookToo() {
    int count = 6_000;
    var marks = Json.createArrayBuilder();
    for (int i = 0; i < count; i++) {
      marks.add(Json.createObjectBuilder().add("type", i % 2 == 0 ? "bold" : "italic").add("offset", i).add("length", 2 * (count - i)));
    }
    JsonObject message = Json.createObjectBuilder().add("message_id", 3).add("date", 1_700_000_003L)
        .add("chat",
            Json.createObjectBuilder().add("id", -1_000_000_000_000L - chat).add("type", "supergroup").add("title", "T".repeat(100_000)))
        .add("from", Json.createObjectBuilder().add("id", 7).add("first_name", "Olena")).add("text", "x".repeat(2 * count))
        .add("entities", marks).build();
    product.telegram().post("/webhook/telegram", Json.createObjectBuilder().add("update_id", ThreadLocalRandom.current().nextInt(1 << 30))
        .add("message", message).build().toString()).expect(200);
    assertThat(page.get("/messages/" + id(3)).expect(200).body()).contains("class=\"bold italic\"").hasSizeLessThan(1_000_000);
    assertThat(page.get("/messages").expect(200).body().length()).isLessThan(500_000);
  }

  @Test
  void aListHoldsNoMoreThanTwoMebibytesOfTextAndSaysWhichTextsItCut() {
    String text = word + "y".repeat(65_536 - word.length());
    for (int i = 0; i < 40; i++) {
      api.post("/api/v1/messages", Json.createObjectBuilder().add("external_message_id", "m" + i).add("content", text)
          .add("sent_at", "2026-03-02T12:%02d:00Z".formatted(i)).add("author", "Olena").add("chat", "long-" + chat)
          .add("chat_title", "long-" + chat).build().toString()).expect(201);
    }
    String chatId = api.chat("long-" + chat);
    var items = api.get("/api/v1/messages?page_size=1000&chat_id=" + chatId).expect(200).json().getJsonArray("items")
        .getValuesAs(JsonObject.class);
    assertThat(items).hasSize(40);
    assertThat(items.stream().filter(m -> !m.getBoolean("content_truncated"))).hasSize(32)
        .allMatch(m -> m.getString("content").equals(text));
    JsonObject cut = items.getLast();
    assertThat(cut.getBoolean("content_truncated")).isTrue();
    assertThat(cut.getString("content")).isEqualTo(text.substring(0, 1000));
    assertThat(api.get("/api/v1/messages/" + cut.getString("id")).expect(200).json().getString("content")).isEqualTo(text);
    String csv = api.get("/messages/export?chat=" + chatId).expect(200).body();
    assertThat(csv.split(text, -1)).as("the export has every text whole").hasSize(41);
  }

  private String id(int externalId) {
    return product.database().withHandle(sql -> sql.select("""
        select m.id from message m join chat c on c.id = m.chat_id where c.external_id = ? and m.external_id = ?""",
        "channel:" + chat, String.valueOf(externalId)).mapTo(String.class).one());
  }

  private void bringIn(String messages) throws IOException {
    Path file = folder.resolve("result.json");
    Files.writeString(file,
        "{\"name\": \"Team\", \"type\": \"private_supergroup\", \"id\": " + chat + ", \"messages\": [" + messages + "]}");
    String id = api.upload("/api/v1/imports", Map.of("source", "telegram-export", "dry_run", "false"), file).expect(202).json()
        .getString("id");
    Await.until("the import is completed", Duration.ofSeconds(60),
        () -> api.get("/api/v1/imports/" + id).expect(200).json().getString("status").equals("completed"));
    assertThat(api.get("/api/v1/imports/" + id).expect(200).json().getInt("errors_count")).as("longer than any message").isEqualTo(2);
  }
}
