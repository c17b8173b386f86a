package tasktracker.harness;

import jakarta.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** An HTTP client of the product. It does not follow redirects. */
public final class Api {
  private static final HttpClient CLIENT = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)
      .connectTimeout(Duration.ofSeconds(5)).build();
  private final String url;
  private final Map<String, String> headers;

  /** @param headers sent with every request */
  public Api(String url, Map<String, String> headers) {
    this.url = url;
    this.headers = headers;
  }

  /** A copy that also sends this header. */
  public Api with(String header, String value) {
    var more = new HashMap<>(headers);
    more.put(header, value);
    return new Api(url, more);
  }

  public ApiResponse get(String path) {
    return send("GET", path, BodyPublishers.noBody(), Map.of());
  }

  /** The id of the chat with this title. */
  public String chat(String title) {
    return get("/api/v1/messages/filters").expect(200).json().getJsonArray("chats").getValuesAs(JsonObject.class).stream()
        .filter(chat -> chat.getString("title").equals(title)).findFirst().orElseThrow().getString("id");
  }

  public ApiResponse delete(String path) {
    return send("DELETE", path, BodyPublishers.noBody(), Map.of());
  }

  public ApiResponse post(String path, String json) {
    return send("POST", path, BodyPublishers.ofString(json), Map.of("Content-Type", "application/json"));
  }

  public ApiResponse put(String path, String json) {
    return send("PUT", path, BodyPublishers.ofString(json), Map.of("Content-Type", "application/json"));
  }

  /** Sends any method with a JSON body, such as PATCH. */
  public ApiResponse ask(String method, String path, String json) {
    return send(method, path, BodyPublishers.ofString(json), Map.of("Content-Type", "application/json"));
  }

  /** Posts a URL-encoded form. */
  public ApiResponse form(String path, Map<String, String> fields) {
    var body = fields.entrySet().stream().map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
        .collect(Collectors.joining("&"));
    return send("POST", path, BodyPublishers.ofString(body), Map.of("Content-Type", "application/x-www-form-urlencoded"));
  }

  /** Posts a multipart form with a file in the field "file". */
  public ApiResponse upload(String path, Map<String, String> fields, Path file) {
    var form = new Multipart(fields, file);
    return send("POST", path, form.body(), Map.of("Content-Type", form.type()));
  }

  /** Posts a body in chunked transfer encoding. */
  public ApiResponse chunked(String path, String type, String body) {
    var bytes = body.getBytes(StandardCharsets.UTF_8);
    return send("POST", path, BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(bytes)), Map.of("Content-Type", type));
  }

  /** True if a GET returns 200; false also when the connection is refused. */
  public boolean answers(String path) {
    try {
      return get(path).status() == 200;
    } catch (UncheckedIOException e) {
      return false;
    }
  }

  private ApiResponse send(String method, String path, BodyPublisher body, Map<String, String> more) {
    var request = HttpRequest.newBuilder(URI.create(url + path)).timeout(Duration.ofSeconds(60)).method(method, body);
    headers.forEach(request::header);
    more.forEach(request::header);
    try {
      return ApiResponse.of(CLIENT.send(request.build(), BodyHandlers.ofString()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
