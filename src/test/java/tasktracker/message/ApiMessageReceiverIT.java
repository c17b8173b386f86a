package tasktracker.message;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tasktracker.harness.Api;
import tasktracker.harness.Product;
import tasktracker.harness.ProductTest;

/** Programs hand messages in and list where they come from. */
@ProductTest
class ApiMessageReceiverIT {

  private static final int FLOOD = 10;
  private final Product product;
  private final Api api;
  private final String chat = "flood-" + UUID.randomUUID();

  ApiMessageReceiverIT(Product product) {
    this.product = product;
    this.api = product.api();
  }

  private int say(String chat, int number) {
    return api.post("/api/v1/messages", Json.createObjectBuilder().add("external_message_id", "m" + number).add("content", "hello")
        .add("author", "Olena").add("chat", chat).add("sent_at", "2026-03-02T12:00:00Z").build().toString()).status();
  }

  /** Somebody has the chat's row locked, so each message of it takes for ever. */
  @Test
  void aFloodInOneChatDoesNotDelayOtherChats() {
    assertThat(say(chat, 0)).isEqualTo(201);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<CompletableFuture<Integer>> flood = product.database().inTransaction(sql -> {
        sql.execute("select from chat where external_id = ? for update", chat);
        List<CompletableFuture<Integer>> asked = IntStream.rangeClosed(1, FLOOD)
            .mapToObj(i -> CompletableFuture.supplyAsync(() -> say(chat, i), threads)).toList();
        CompletableFuture.anyOf(asked.toArray(CompletableFuture[]::new)).join();
        assertThat(say("other-" + chat, 1)).isEqualTo(201);
        return asked;
      });
      assertThat(flood.stream().map(CompletableFuture::join)).containsOnly(201, 503)
          .filteredOn(status -> status == 201).hasSize(ChatBulkhead.LIMIT);
    }
  }

  @Test
  void sourcesAndTheirChatsAreListedPageByPage() {
    for (int i = 0; i < 3; i++) {
      say(chat + i, 1);
    }
    List<String> all = names("/api/v1/sources?limit=1000");
    assertThat(names("/api/v1/sources?limit=1")).isEqualTo(all.subList(0, 1));
    assertThat(names("/api/v1/sources?limit=1&skip=1")).isEqualTo(all.subList(1, Math.min(2, all.size())));
    String source = product.database().withHandle(sql -> sql.createQuery("select source_id::text from chat where external_id = ?")
        .bind(0, chat + 0).mapTo(String.class).one());
    assertThat(api.get("/api/v1/sources/" + source + "/chats?limit=2").expect(200).array()).hasSize(2);
    api.get("/api/v1/sources?limit=1001").expect(400);
  }

  private List<String> names(String path) {
    return api.get(path).expect(200).array().getValuesAs(JsonObject.class).stream().map(s -> s.getString("name")).toList();
  }
}
