package tasktracker.message;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tasktracker.harness.ApiResponse;
import tasktracker.harness.Api;
import tasktracker.harness.Product;
import tasktracker.harness.ProductTest;

/** Messages that programs hand in: kept once, edited in order, refused in words. */
@ProductTest
class MessagesIT {

  private final String chat = "chat-" + UUID.randomUUID();
  private final Product product;
  private final Api api;

  MessagesIT(Product product, Api api) {
    this.product = product;
    this.api = api;
  }

  private String message(String id, String text, String editedAt) {
    var json = Json.createObjectBuilder().add("external_message_id", id).add("content", text).add("author", "Olena")
        .add("chat", chat).add("sent_at", "2026-03-01T10:00:00Z");
    return (editedAt == null ? json : json.add("edited_at", editedAt)).build().toString();
  }

  private ApiResponse hand(String id, String text) {
    return api.post("/api/v1/messages", message(id, text, null));
  }

  private ApiResponse edit(String id, String text, String at) {
    return api.post("/api/v1/messages", message(id, text, at));
  }

  private String contentOf(ApiResponse answer) {
    return api.get("/api/v1/messages/" + answer.json().getString("id")).json().getString("content");
  }

  @Test
  void theSameMessageTwiceIsOneMessage() {
    ApiResponse first = hand("1", "The release is on Friday").expect(201);
    ApiResponse second = hand("1", "The release is on Friday").expect(200);
    assertThat(second.json().getString("id")).isEqualTo(first.json().getString("id"));
    assertThat(second.json().getBoolean("created")).isFalse();
  }

  @Test
  void tenThatArriveAtTheSameMomentAreOneMessageOfOnePerson() {
    try (var threads = Executors.newFixedThreadPool(10)) {
      IntStream.range(0, 10).forEach(i -> threads.submit(() -> hand("1", "We should fix the login")));
    }
    assertThat(product.count("select count(*) from message m join chat c on c.id = m.chat_id where c.external_id = ?", chat))
        .isEqualTo(1);
    assertThat(product.count("""
        select count(*) from chat where external_id = ?""", chat)).isEqualTo(1);
  }

  @Test
  void anEditKeepsTheOldTextAsARevision() {
    hand("1", "Release on Friday");
    ApiResponse edited = edit("1", "Release on Monday", "2026-03-01T10:05:00Z").expect(200);
    assertThat(edited.json().getString("status")).isEqualTo("revised");
    assertThat(contentOf(edited)).isEqualTo("Release on Monday");
    assertThat(product.count("select count(*) from message_revision where message_id = ?::uuid and content = ?",
        edited.json().getString("id"), "Release on Friday")).isEqualTo(1);
  }

  @Test
  void editsThatArriveInTheWrongOrderEndWithTheLatest() {
    ApiResponse late = edit("1", "third", "2026-03-01T12:00:00Z").expect(201);
    edit("1", "second", "2026-03-01T11:00:00Z").expect(200);
    hand("1", "first").expect(200);
    assertThat(contentOf(late)).isEqualTo("third");
  }

  @Test
  void anEditThatChangesNoTextMakesNoRevision() {
    ApiResponse first = hand("1", "same");
    assertThat(edit("1", "same", "2026-03-01T12:00:00Z").json().getString("status")).isEqualTo("duplicate");
    assertThat(product.count("select count(*) from message_revision where message_id = ?::uuid",
        first.json().getString("id"))).isZero();
  }

  @Test
  void textThatPostgresCannotKeepIsKeptWithAMark() {
    ApiResponse answer = api.post("/api/v1/messages", """
        {"external_message_id": "nul", "content": "a\\u0000b \\uD83D end", "author": "Ol\\u0000ena", "chat": "%s",
         "sent_at": "2026-03-01T10:00:00Z"}""".formatted(chat)).expect(201);
    assertThat(contentOf(answer)).isEqualTo("a\uFFFDb \uFFFD end");
  }

  @Test
  void whatIsMissingIsNamedAndNothingIsStored() {
    long before = product.count("select count(*) from message");
    JsonObject problem = api.post("/api/v1/messages", """
        {"content": "no id", "author": "Olena", "sent_at": "2026-03-01T10:00:00Z"}""").expect(422).json();
    assertThat(problem.getString("detail")).contains("external_message_id");
    assertThat(api.post("/api/v1/messages", message("1", "x", null).replace("2026-03-01T10:00:00Z", "yesterday")).expect(422)
        .json().getString("detail")).contains("sent_at");
    api.post("/api/v1/messages", "{\"external_message_id\": ").expect(400);
    api.post("/api/v1/messages", "[]").expect(400);
    assertThat(product.count("select count(*) from message")).isEqualTo(before);
  }

  @Test
  void filtersWorkOverTheWholeTableAndPagesFollowEachOther() {
    IntStream.rangeClosed(1, 7).forEach(i -> hand("p" + i, i % 2 == 0 ? "even 100% sure" : "odd_one"));
    String chatId = product.database().withHandle(sql -> sql.select("select id from chat where external_id = ?", chat)
        .mapTo(String.class).one());
    JsonObject even = api.get("/api/v1/messages?q=100%25&chat_id=" + chatId).expect(200).json();
    assertThat(even.getInt("total")).isEqualTo(3);
    assertThat(api.get("/api/v1/messages?q=%25&chat_id=" + chatId).json().getInt("total")).isEqualTo(3);
    assertThat(api.get("/api/v1/messages?q=_&chat_id=" + chatId).json().getInt("total")).isEqualTo(4);
    JsonObject first = api.get("/api/v1/messages?page_size=4&chat_id=" + chatId).json();
    JsonObject second = api.get("/api/v1/messages?page_size=4&cursor=" + first.getString("next").replace("+", "%2B") + "&chat_id=" + chatId)
        .json();
    assertThat(first.getJsonArray("items")).hasSize(4);
    assertThat(second.getJsonArray("items")).hasSize(3).doesNotContainAnyElementsOf(first.getJsonArray("items"));
    assertThat(first.getInt("total")).isEqualTo(7);
  }

  @Test
  void aParameterThatMakesNoSenseIsRefusedInWords() {
    assertThat(api.get("/api/v1/messages?page_size=100000").expect(400).json().getString("detail")).contains("page_size");
    assertThat(api.get("/api/v1/messages?importance_min=NaN").expect(400).json().getString("detail")).contains("importance_min");
    assertThat(api.get("/api/v1/messages?chat_id=1").expect(400).json().getString("detail")).contains("chat_id");
    api.get("/api/v1/messages?sort_order=pg_sleep(5)").expect(400);
    api.get("/api/v1/messages/" + UUID.randomUUID()).expect(404);
  }
}
