package tasktracker.message.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tasktracker.harness.ApiResponse;
import tasktracker.harness.Api;
import tasktracker.harness.Product;
import tasktracker.harness.ProductTest;

/** Lists of messages that look for a text are bounded as searches are. */
@ProductTest
class FeedLimitsIT {

  private static final List<String> PAGES = List.of("/messages?q=zz", "/messages/tabs?q=zz", "/messages?author=zz");
  private static final List<String> LISTS = List.of("/messages/export?q=zz", "/api/v1/messages?q=zz", "/api/v1/messages?author=zz",
      "/api/v1/messages?page=1000000&page_size=1000");

  private final Product product;

  FeedLimitsIT(Product product) {
    this.product = product;
  }

  private Api program(String name) {
    var made = product.api().post("/api/v1/tokens", "{\"name\":\"" + name + "\",\"role\":\"reader\"}").expect(201).json();
    return product.anonymous().with("Authorization", "Bearer " + made.getString("token"));
  }

  /** A table that is locked for long answers as late as one that is large. */
  @Test
  void aListThatTakesTooLongIsGivenUpAndSaysWhatToDo() {
    Api program = program("slow lists");
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<ApiResponse> answers = product.database().inTransaction(sql -> {
        sql.execute("lock table message in access exclusive mode");
        return java.util.stream.Stream.concat(PAGES.stream(), LISTS.stream())
            .map(path -> CompletableFuture.supplyAsync(() -> program.with("Accept", PAGES.contains(path) ? "text/html" : "*/*").get(path),
                threads))
            .toList().stream().map(CompletableFuture::join).toList();
      });
      assertThat(answers).allSatisfy(answer -> {
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.header("Retry-After")).isPresent();
        assertThat(answer.body()).contains("shorter period");
      });
    }
  }

  @Test
  void listsThatLookForATextCountAsSearches() {
    Api program = program("many lists");
    Api browser = program.with("Accept", "text/html");
    assertThat(isRefused(program, "/api/v1/messages?q=zz")).isTrue();
    assertThat(PAGES).allMatch(path -> isRefused(browser, path));
    assertThat(LISTS.subList(0, 3)).allMatch(path -> isRefused(program, path));
    program.get("/api/v1/messages").expect(200);
    browser.get("/messages?class=noise").expect(200);
  }

  /**
   * The limit becomes free again by five a second, so the list is that of a chat without messages: it answers at once, however
   * many messages other tests have stored.
   */
  private static boolean isRefused(Api api, String path) {
    String quick = path + (path.startsWith("/api/") ? "&chat_id=" : "&chat=") + new UUID(0, 1);
    return IntStream.range(0, 1000).anyMatch(i -> api.get(quick).status() == 429);
  }
}
