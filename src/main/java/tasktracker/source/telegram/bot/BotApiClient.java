package tasktracker.source.telegram.bot;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.web.json.JsonLimitExceeded;
import tasktracker.platform.web.json.JsonLimits;
import tasktracker.platform.web.json.UntrustedJson;
import tasktracker.source.format.LenientJson;
import tasktracker.source.telegram.TelegramConfig;

/**
 * Client of Telegram's Bot API. Every failure is a {@link BotApiException}, which never contains the URL, because that
 * contains the token.
 */
@ApplicationScoped
public class BotApiClient {

  /** The update types that are requested; Telegram keeps its defaults for types that are not listed. */
  static final List<String> UPDATES = List.of("message", "edited_message", "channel_post", "edited_channel_post",
      "message_reaction", "message_reaction_count", "my_chat_member", "chat_member", "callback_query",
      "business_message", "edited_business_message", "deleted_business_messages");

  /** The most updates that Telegram returns at once. */
  public static final int MAX_UPDATES = 100;

  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final int MAX_RESPONSE_BYTES = 16 << 20;
  /** Limits of a response with a hundred updates. */
  private static final JsonLimits LIMITS = new JsonLimits(100, 300_000, 1_000, 1 << 20);

  private final TelegramConfig config;

  @Inject
  public BotApiClient(TelegramConfig config) {
    this.config = config;
  }

  /** Whether a bot token is configured; without one every request fails. */
  public boolean hasToken() {
    return config.botToken().isPresent();
  }

  /**
   * The id of the chat or user in an answer.
   *
   * @throws BotApiException when the answer has no id
   */
  public static long id(LenientJson answer) {
    Long id = answer.number("id");
    if (id == null) {
      throw new BotApiException(BotApiException.Kind.DOWN, "Telegram's answer has no id", null);
    }
    return id;
  }

  /** The bot's own user. */
  public LenientJson getMe() {
    return result(call("getMe", Json.createObjectBuilder(), TIMEOUT));
  }

  /**
   * Makes Telegram send updates to a URL.
   *
   * @param url must be HTTPS
   * @param secret sent back by Telegram in a header of each update
   * @param connections maximum number of simultaneous requests, 1 to 100
   * @param dropPending whether Telegram discards the updates that wait
   * @throws BotApiException if the request fails
   */
  public void setWebhook(String url, String secret, int connections, boolean dropPending) {
    call("setWebhook", Json.createObjectBuilder().add("url", url).add("secret_token", secret)
        .add("max_connections", connections).add("drop_pending_updates", dropPending)
        .add("allowed_updates", Json.createArrayBuilder(UPDATES)), TIMEOUT);
  }

  /**
   * Makes Telegram stop sending updates; those that wait are kept.
   *
   * @throws BotApiException if the request fails
   */
  public void deleteWebhook() {
    call("deleteWebhook", Json.createObjectBuilder().add("drop_pending_updates", false), TIMEOUT);
  }

  /**
   * The current webhook: its URL, number of pending updates and last error.
   *
   * @throws BotApiException if the request fails
   */
  public LenientJson getWebhookInfo() {
    return result(call("getWebhookInfo", Json.createObjectBuilder(), TIMEOUT));
  }

  /**
   * Long polling: waits that long for updates; an offset of 0 requests the oldest unconfirmed update.
   *
   * @param limit maximum number of updates, 1 to {@value #MAX_UPDATES}
   * @throws ResponseLimitExceeded when they cannot be parsed; fewer may be
   */
  public List<LenientJson> getUpdates(long offset, int limit, Duration wait) {
    JsonObjectBuilder parameters = Json.createObjectBuilder().add("timeout", wait.toSeconds()).add("limit", limit)
        .add("allowed_updates", Json.createArrayBuilder(UPDATES));
    return call("getUpdates", offset == 0 ? parameters : parameters.add("offset", offset), wait.plusSeconds(5)).objects("result");
  }

  /**
   * A chat that the bot can see.
   *
   * @param id numeric id, or {@code @name} of a public group
   * @throws BotApiException if the request fails
   */
  public LenientJson getChat(String id) {
    return result(call("getChat", Json.createObjectBuilder().add("chat_id", id), TIMEOUT));
  }

  /**
   * The membership of a user in a chat, with its {@code status}.
   *
   * @throws BotApiException if the request fails
   */
  public LenientJson getChatMember(long chat, long user) {
    return result(call("getChatMember", Json.createObjectBuilder().add("chat_id", chat).add("user_id", user), TIMEOUT));
  }

  void sendMessage(long chat, long answered, @Nullable Long thread, String text) {
    JsonObjectBuilder message = Json.createObjectBuilder().add("chat_id", chat).add("text", text)
        .add("reply_parameters", Json.createObjectBuilder().add("message_id", answered).add("allow_sending_without_reply", true));
    call("sendMessage", thread == null ? message : message.add("message_thread_id", thread), TIMEOUT);
  }

  void setMyCommands(@Nullable String language, JsonObjectBuilder commands) {
    call("setMyCommands", language == null ? commands : commands.add("language_code", language), TIMEOUT);
  }

  private static LenientJson result(LenientJson answer) {
    LenientJson result = answer.object("result");
    if (result == null) {
      throw new BotApiException(BotApiException.Kind.DOWN, "Telegram's answer could not be read", null);
    }
    return result;
  }

  private LenientJson call(String method, JsonObjectBuilder parameters, Duration timeout) {
    HttpRequest request = HttpRequest.newBuilder(URI.create(config.apiBase() + "/bot" + token() + "/" + method))
        .timeout(timeout).header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(parameters.build().toString())).build();
    try {
      HttpResponse<InputStream> answer = BotHttpClient.HTTP.send(request, HttpResponse.BodyHandlers.ofInputStream());
      try (InputStream in = answer.body()) {
        return checkResponse(answer.statusCode(), new LenientJson(json(in.readNBytes(MAX_RESPONSE_BYTES))));
      }
    } catch (IOException e) {
      // The message of the cause may contain the URL, and with it the token.
      throw new BotApiException(BotApiException.Kind.SILENT, e.getClass().getSimpleName(), null);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BotApiException(BotApiException.Kind.SILENT, "interrupted", null);
    }
  }

  private String token() {
    String token = config.botToken().orElseThrow(() -> new BotApiException(BotApiException.Kind.NO_TOKEN, "", null));
    if (!token.matches("[A-Za-z0-9:_-]{1,200}")) {
      throw new BotApiException(BotApiException.Kind.BAD_TOKEN, "", null);
    }
    return token;
  }

  private LenientJson checkResponse(int status, LenientJson answer) {
    if (status == 200 && answer.isTrue("ok")) {
      return answer;
    }
    LenientJson parameters = answer.object("parameters");
    Long wait = parameters == null ? null : parameters.number("retry_after");
    String said = answer.nonBlank("description");
    throw new BotApiException(kind(status), said == null ? "HTTP " + status : said.replace(token(), "…"),
        wait == null ? null : Duration.ofSeconds(Math.min(3600, Math.max(1, wait))));
  }

  private static BotApiException.Kind kind(int status) {
    return switch (status) {
      case 401, 404 -> BotApiException.Kind.BAD_TOKEN;
      case 403 -> BotApiException.Kind.FORBIDDEN;
      case 409 -> BotApiException.Kind.CONFLICT;
      case 429 -> BotApiException.Kind.TOO_MANY;
      default -> status >= 500 || status == 200 ? BotApiException.Kind.DOWN : BotApiException.Kind.REFUSED;
    };
  }

  private static JsonObject json(byte[] body) {
    String text = new String(body, StandardCharsets.UTF_8);
    if (body.length == MAX_RESPONSE_BYTES) {
      throw new ResponseLimitExceeded("The response has more than " + MAX_RESPONSE_BYTES + " bytes.", text);
    }
    try {
      return UntrustedJson.object(text, LIMITS);
    } catch (JsonLimitExceeded e) {
      throw new ResponseLimitExceeded(String.valueOf(e.getMessage()), text);
    } catch (JsonException | IllegalStateException e) {
      return JsonObject.EMPTY_JSON_OBJECT; // an error page of a proxy
    }
  }
}
