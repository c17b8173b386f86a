package tasktracker.source.telegram.bot;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import tasktracker.platform.job.JobDiscarded;
import tasktracker.platform.job.JobSnoozed;
import tasktracker.platform.web.json.JsonLimits;
import tasktracker.platform.web.json.UntrustedJson;
import tasktracker.source.format.LenientJson;
import tasktracker.source.telegram.TelegramConfig;

/**
 * Downloads profile photos from Telegram's Bot API. Its URLs contain the bot's token, so none is part of an exception
 * message, of the log or of stored data.
 */
@ApplicationScoped
public class ProfilePhotoClient {

  /**
   * A photo that can be downloaded.
   *
   * @param key identifies the picture
   */
  public record Photo(String fileId, String key) {}

  private static final Duration TIMEOUT = Duration.ofSeconds(15);
  private static final int MAX_RESPONSE_BYTES = 1 << 20;

  private final TelegramConfig config;

  @Inject
  public ProfilePhotoClient(TelegramConfig config) {
    this.config = config;
  }

  /** The current profile photo of a user in the largest size up to 640 pixels; empty when there is none. */
  public Optional<Photo> findProfilePhoto(long user) throws IOException, InterruptedException {
    LenientJson answer = call("getUserProfilePhotos?limit=1&user_id=" + user);
    LenientJson photos = answer.object("result");
    if (photos == null || !(photos.json().get("photos") instanceof JsonArray sizes) || sizes.isEmpty()) {
      return Optional.empty();
    }
    return new LenientJson(Json.createObjectBuilder().add("sizes", sizes.getFirst()).build()).objects("sizes").stream()
        .filter(size -> size.number("width") != null && size.number("width") <= 640 && size.nonBlank("file_id") != null)
        .max(Comparator.comparing(size -> size.number("width")))
        .map(size -> new Photo(String.valueOf(size.nonBlank("file_id")), String.valueOf(size.nonBlank("file_unique_id"))));
  }

  /** The bytes of a photo, at most 1 MiB. */
  public byte[] download(Photo photo) throws IOException, InterruptedException {
    LenientJson file = call("getFile?file_id=" + URLEncoder.encode(photo.fileId(), StandardCharsets.UTF_8)).object("result");
    String path = file == null ? null : file.nonBlank("file_path");
    if (path == null || path.contains("..") || !path.matches("[A-Za-z0-9_./-]{1,200}")) {
      throw new JobDiscarded("Telegram returned no path for the picture");
    }
    try (InputStream in = get("/file/bot" + token() + "/" + path).body()) {
      byte[] bytes = in.readNBytes(MAX_RESPONSE_BYTES + 1);
      if (bytes.length > MAX_RESPONSE_BYTES) {
        throw new JobDiscarded("The picture is larger than 1 MiB");
      }
      return bytes;
    }
  }

  private LenientJson call(String method) throws IOException, InterruptedException {
    try (InputStream in = get("/bot" + token() + "/" + method).body()) {
      return new LenientJson(json(new String(in.readNBytes(MAX_RESPONSE_BYTES), StandardCharsets.UTF_8)));
    }
  }

  private String token() {
    return config.botToken().filter(t -> t.matches("[A-Za-z0-9:_-]{1,200}"))
        .orElseThrow(() -> new JobDiscarded("TELEGRAM_BOT_TOKEN is not set or not valid"));
  }

  private HttpResponse<InputStream> get(String path) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(URI.create(config.apiBase() + path)).timeout(TIMEOUT).build();
    HttpResponse<InputStream> answer = send(request);
    if (answer.statusCode() == 200) {
      return answer;
    }
    try (InputStream in = answer.body()) {
      throw refused(answer.statusCode(), new String(in.readNBytes(10_000), StandardCharsets.UTF_8));
    }
  }

  private HttpResponse<InputStream> send(HttpRequest request) throws IOException, InterruptedException {
    try {
      return BotHttpClient.HTTP.send(request, HttpResponse.BodyHandlers.ofInputStream());
    } catch (IOException e) {
      // The message of the cause may contain the URL, and with it the token.
      throw new IOException("Telegram is not responding: " + e.getClass().getSimpleName());
    }
  }

  private static RuntimeException refused(int status, String body) {
    LenientJson parameters = new LenientJson(json(body)).object("parameters");
    Long wait = parameters == null ? null : parameters.number("retry_after");
    if (status == 429) {
      return new JobSnoozed(Duration.ofSeconds(wait == null ? 30 : Math.min(3600, Math.max(1, wait))), "Telegram limits the request rate");
    }
    return status >= 500
        ? new IllegalStateException("Telegram answers " + status)
        : new JobDiscarded("Telegram responded with status " + status);
  }

  private static JsonObject json(String text) {
    try {
      return UntrustedJson.object(text, JsonLimits.BODY);
    } catch (JsonException | IllegalStateException e) {
      return JsonObject.EMPTY_JSON_OBJECT; // an error page of a proxy
    }
  }
}
