package tasktracker.source.telegram.update;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tasktracker.harness.ApiResponse;
import tasktracker.harness.Api;
import tasktracker.harness.Product;
import tasktracker.harness.ProductTest;
import tasktracker.harness.Await;

@ProductTest
class WebhookIT {

  private static final String PATH = "/webhook/telegram";
  private final Product product;
  private final long chat = 1_000_000_000L + ThreadLocalRandom.current().nextInt(900_000_000);
  private final long first = ThreadLocalRandom.current().nextLong(1L << 40);

  WebhookIT(Product product) {
    this.product = product;
  }

  @BeforeEach
  void nothingIsThereYet() {
    assertThat(stored()).isZero();
  }

  @Test
  void aRepeatedUpdateIsStoredOnce() {
    String update = update(1, "message", message(5, "привіт 😀", 1_700_000_000L, ""));
    List<CompletableFuture<ApiResponse>> answers = IntStream.range(0, 10)
        .mapToObj(i -> CompletableFuture.supplyAsync(() -> product.telegram().post(PATH, update))).toList();
    assertThat(answers).allSatisfy(a -> assertThat(a.join().expect(200).json().getString("status")).isEqualTo("ok"));
    assertThat(stored()).isEqualTo(1);
    assertThat(inbox("stored")).isEqualTo(1);
    assertThat(content(5)).isEqualTo("привіт 😀");
  }

  @Test
  void theLatestEditWinsInWhateverOrderTheyCome() {
    product.telegram().post(PATH, update(3, "edited_message", message(5, "third", 1_700_000_000L, "'edit_date': 1700000200,"))).expect(200);
    product.telegram().post(PATH, update(1, "message", message(5, "first", 1_700_000_000L, ""))).expect(200);
    product.telegram().post(PATH, update(2, "edited_message", message(5, "second", 1_700_000_000L, "'edit_date': 1700000100,")))
        .expect(200);
    assertThat(content(5)).isEqualTo("third");
    product.telegram().post(PATH, update(4, "edited_message", message(5, "fourth", 1_700_000_000L, "'edit_date': 1700000300,")))
        .expect(200);
    assertThat(content(5)).isEqualTo("fourth");
    assertThat(stored()).isEqualTo(1);
  }

  @Test
  void aFloodInABlockedChatDoesNotDelayOtherChats() {
    product.telegram().post(PATH, update(1, "message", message(1, "hello", 1_700_000_000L, ""))).expect(200);
    List<CompletableFuture<Void>> flood = new ArrayList<>();
    product.database().useTransaction(sql -> {
      sql.select("select id from chat where external_id = ? for update", "channel:" + chat).mapTo(String.class).one();
      IntStream.range(0, 24).forEach(i -> flood.add(CompletableFuture.runAsync(
          () -> insist(update(2 + i, "message", message(2 + i, "flood", 1_700_000_000L, ""))), task -> Thread.ofVirtual().start(task))));
      Await.until("the flood", Duration.ofSeconds(20), () -> product.count("""
          select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'""") > 1);
      for (int i = 0; i < 5; i++) {
        product.telegram().post(PATH, update(50 + i, "message", inSupergroup(chat + 1, 1 + i, "'text': 'elsewhere'"))).expect(200);
      }
    });
    flood.forEach(CompletableFuture::join);
    assertThat(stored()).isEqualTo(25);
  }

  /** As Telegram does: until it is taken. */
  private void insist(String update) {
    Await.until("the update is taken", Duration.ofMinutes(1), () -> product.telegram().post(PATH, update).status() == 200);
  }

  @Test
  void aGroupThatBecomesASupergroupStaysOneChatAndLosesNothing() {
    long supergroup = chat + 7;
    product.telegram().post(PATH, update(1, "message", inGroup(5, "'text': 'in the group'"))).expect(200);
    product.telegram().post(PATH, update(2, "message", inGroup(6, "'migrate_to_chat_id': -100" + supergroup))).expect(200);
    product.telegram().post(PATH, update(3, "message", inSupergroup(supergroup, 1, "'migrate_from_chat_id': -" + chat))).expect(200);
    product.telegram().post(PATH, update(4, "message", inSupergroup(supergroup, 5, "'text': 'in the supergroup'"))).expect(200);
    product.telegram().post(PATH, update(5, "message", inGroup(4, "'text': 'came late'"))).expect(200);
    assertThat(product.count("select count(*) from chat where external_id in (?, ?)", "channel:" + supergroup, "group:" + chat))
        .isEqualTo(1);
    assertThat(product.count("""
        select count(*) from message m join chat c on c.id = m.chat_id where c.external_id = ? and kind = 'text'
        """.replace("kind =", "m.kind ="), "channel:" + supergroup)).isEqualTo(3);
  }

  @Test
  void withoutTheSecretNothingIsStored() {
    String update = update(1, "message", message(5, "let me in", 1_700_000_000L, ""));
    Api anonymous = product.anonymous();
    String header = "X-Telegram-Bot-Api-Secret-Token";
    assertThat(List.of(anonymous, anonymous.with(header, "wrong"), anonymous.with(header, Product.WEBHOOK_SECRET + "x"),
        anonymous.with(header, "x".repeat(257)), anonymous.with(header, Product.WEBHOOK_SECRET.toUpperCase())))
        .allSatisfy(api -> api.post(PATH, update).expect(401));
    anonymous.post(PATH + "?secret_token=" + Product.WEBHOOK_SECRET, update).expect(401);
    assertThat(stored()).isZero();
  }

  @Test
  void aBodyThatIsNoUpdateIsRejectedWithThePosition() {
    Api telegram = product.telegram();
    telegram.get(PATH).expect(405);
    telegram.with("Accept", "application/json").form(PATH, java.util.Map.of("a", "b")).expect(415);
    assertThat(telegram.post(PATH, "{\"update_id\": 1,\n }").expect(400).json().getString("detail")).contains("line 2");
    telegram.post(PATH, "").expect(400);
    telegram.post(PATH, "[]").expect(400);
    telegram.post(PATH, "{\"a\":".repeat(5000) + "1" + "}".repeat(5000)).expect(400);
    telegram.post(PATH, update(1, "message", message(5, "x".repeat(2 << 20), 1_700_000_000L, ""))).expect(413);
    assertThat(stored()).isZero();
  }

  @Test
  void anUnknownUpdateIsStoredAndAnsweredWith200() {
    for (String odd : List.of("{\"update_id\": " + first + ", \"new_update_kind\": {\"some\": [1e999999, \"\\u0000\\ud800 \\\\u0000\"]}}",
        "{\"update_id\": " + first + ", \"poll\": 7, \"poll\": 8}",
        "{\"update_id\": " + first + ", \"message\": {\"chat\": {\"id\": 1e308}, \"date\": -1}}")) {
      assertThat(product.telegram().post(PATH, odd).expect(200).json().getString("status")).isEqualTo("ok");
    }
    assertThat(inbox("ignored")).isEqualTo(3);
    assertThat(product.count("select count(*) from inbox where update_id = ? and reason->>'key' = 'telegram.ignored.unknown'", first))
        .isEqualTo(1);
  }

  @Test
  void hostileTextIsStoredAsTheTextItIs() {
    product.telegram().post(PATH, update(1, "message", message(5, "<script>alert(1)</script> \\u0000 ' or 1=1 --", 1_700_000_000L, "")))
        .expect(200);
    assertThat(content(5)).isEqualTo("<script>alert(1)</script> \uFFFD ' or 1=1 --");
  }

  @ParameterizedTest
  @MethodSource("updatesOfOthers")
  void updatesThatOtherLibrariesTestWithAreStoredOrIgnored(String body) {
    product.telegram().post(PATH, body).expect(200);
  }

  /** Those beside the project when they are there, and one of our own in any case. */
  static Stream<String> updatesOfOthers() throws java.io.IOException {
    Path folder = Path.of("..", "shared", "data", "telegram-updates");
    List<String> bodies = new ArrayList<>(List.of("{\"update_id\": 1, \"message_reaction\": {\"chat\": {\"id\": 5}, \"message_id\": 1}}"));
    if (Files.isDirectory(folder)) {
      try (var files = Files.list(folder)) {
        for (Path file : files.toList()) {
          bodies.add(Files.readString(file));
          bodies.add("{\"update_id\": 7, \"message\": " + Files.readString(file) + "}");
        }
      }
    }
    return bodies.stream();
  }

  private String update(int number, String kind, String message) {
    return ("{'update_id': " + (first + number) + ", '" + kind + "': " + message + "}").replace('\'', '"').replace("\\\"", "'");
  }

  private String message(long id, String text, long date, String more) {
    return "{'message_id': " + id + ", 'from': {'id': 7, 'is_bot': false, 'first_name': 'Olena'}, 'chat': {'id': -100" + chat
        + ", 'title': 'Team', 'type': 'supergroup'}, 'date': " + date + ", " + more + " 'text': '" + text.replace("'", "\\'") + "'}";
  }

  private String inGroup(long id, String more) {
    return "{'message_id': " + id + ", 'from': {'id': 7, 'first_name': 'Olena'}, 'chat': {'id': -" + chat
        + ", 'title': 'G', 'type': 'group'}, 'date': 1700000000, " + more + "}";
  }

  private String inSupergroup(long supergroup, long id, String more) {
    return "{'message_id': " + id + ", 'from': {'id': 7, 'first_name': 'Olena'}, 'chat': {'id': -100" + supergroup
        + ", 'title': 'G', 'type': 'supergroup'}, 'date': 1700000100, " + more + "}";
  }

  private long stored() {
    return product.count("select count(*) from message m join chat c on c.id = m.chat_id where c.external_id = ?", "channel:" + chat);
  }

  private long inbox(String state) {
    return product.count("select count(*) from inbox where state = ? and update_id between ? and ?", state, first, first + 100);
  }

  private String content(long id) {
    return product.database().withHandle(sql -> sql.select("""
        select content from message m join chat c on c.id = m.chat_id where c.external_id = ? and m.external_id = ?
        """, "channel:" + chat, String.valueOf(id)).mapTo(String.class).one());
  }
}
