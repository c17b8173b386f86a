package tasktracker.source.telegram;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.StringReader;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** The bot as Telegram knows it: its webhook, chats, updates that wait, messages it sent. */
public final class FakeBot {

  static final long ID = 4242;
  static final String NAME = "tracker_test_bot";

  /** What the Bot API answers: a status and the JSON. */
  record Reply(int status, JsonObject json) {}

  final List<JsonObject> sent = new CopyOnWriteArrayList<>();
  final Map<String, JsonObject> commands = new ConcurrentHashMap<>();
  final Map<String, JsonObject> chats = new ConcurrentHashMap<>();
  final Map<Long, String> members = new ConcurrentHashMap<>();
  private final TreeMap<Long, JsonObject> waiting = new TreeMap<>();
  volatile JsonObject webhook = JsonObject.EMPTY_JSON_OBJECT;
  volatile String lastError = "";
  volatile String refusesUrl = "";

  Reply answer(String method, JsonObject asked) throws InterruptedException {
    return switch (method) {
      case "getMe" -> ok(Json.createObjectBuilder().add("id", ID).add("is_bot", true).add("first_name", "Tracker")
          .add("username", NAME).add("can_read_all_group_messages", false));
      case "setWebhook" -> register(asked);
      case "deleteWebhook" -> {
        webhook = JsonObject.EMPTY_JSON_OBJECT;
        yield yes();
      }
      case "getWebhookInfo" -> ok(info());
      case "getUpdates" -> updates(asked);
      case "getChat" -> chat(asked.get("chat_id").toString().replace("\"", ""));
      case "getChatMember" ->
        ok(Json.createObjectBuilder().add("status", members.getOrDefault(asked.getJsonNumber("chat_id").longValue(), "member")));
      case "sendMessage" -> {
        sent.add(asked);
        yield ok(Json.createObjectBuilder().add("message_id", sent.size()));
      }
      case "setMyCommands" -> {
        commands.put(asked.getString("language_code", ""), asked);
        yield yes();
      }
      default -> no(404, "Not Found: method not found");
    };
  }

  private Reply register(JsonObject asked) {
    String url = asked.getString("url");
    if (!url.startsWith("https://")) {
      return no(400, "Bad Request: bad webhook: An HTTPS URL must be provided for webhook");
    }
    if (!refusesUrl.isEmpty() && url.contains(refusesUrl)) {
      return no(400, "Bad Request: bad webhook: Failed to resolve host: Name or service not known");
    }
    webhook = asked;
    return yes();
  }

  private JsonObjectBuilder info() {
    JsonObjectBuilder info = Json.createObjectBuilder().add("url", webhook.getString("url", "")).add("pending_update_count", pending());
    return lastError.isEmpty() ? info : info.add("last_error_message", lastError).add("last_error_date", System.currentTimeMillis() / 1000);
  }

  private synchronized int pending() {
    return waiting.size();
  }

  private Reply chat(String id) {
    JsonObject chat = chats.get(id);
    return chat == null ? no(400, "Bad Request: chat not found") : ok(Json.createObjectBuilder(chat));
  }

  /** An update that waits until it is asked for. */
  synchronized void queue(JsonObject update) {
    waiting.put(update.getJsonNumber("update_id").longValue(), update);
    notifyAll();
  }

  /** Waits like Telegram, and forgets what lies before the offset. */
  private synchronized Reply updates(JsonObject asked) throws InterruptedException {
    if (webhook.containsKey("url")) {
      return no(409, "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first");
    }
    if (asked.containsKey("offset")) {
      waiting.headMap(asked.getJsonNumber("offset").longValue()).clear();
    }
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(asked.getInt("timeout", 0));
    while (waiting.isEmpty() && System.nanoTime() < end) {
      wait(200);
    }
    var updates = Json.createArrayBuilder();
    waiting.values().stream().limit(asked.getInt("limit", 100)).forEach(updates::add);
    return new Reply(200, Json.createObjectBuilder().add("ok", true).add("result", updates).build());
  }

  private static Reply ok(JsonObjectBuilder result) {
    return new Reply(200, Json.createObjectBuilder().add("ok", true).add("result", result).build());
  }

  private static Reply yes() {
    return new Reply(200, Json.createObjectBuilder().add("ok", true).add("result", true).build());
  }

  private static Reply no(int status, String description) {
    return new Reply(status, Json.createObjectBuilder().add("ok", false).add("error_code", status).add("description", description).build());
  }

  /** An update that is nested deeper than any that is parsed. */
  static JsonObject nested(long update) {
    return json("{\"update_id\": " + update + ", \"message\": " + "[".repeat(200) + "]".repeat(200) + "}");
  }

  public static JsonObject json(String text) {
    try (var reader = Json.createReader(new StringReader(text))) {
      return reader.readObject();
    }
  }
}
