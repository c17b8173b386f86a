package tasktracker.harness;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonStructure;
import java.io.StringReader;
import java.net.http.HttpResponse;
import java.util.Optional;

/** A response of the server. */
public record ApiResponse(int status, String body, HttpResponse<String> response) {

  static ApiResponse of(HttpResponse<String> response) {
    return new ApiResponse(response.statusCode(), response.body(), response);
  }

  public Optional<String> header(String name) {
    return response.headers().firstValue(name);
  }

  public JsonObject json() {
    return (JsonObject) structure();
  }

  public JsonArray array() {
    return (JsonArray) structure();
  }

  private JsonStructure structure() {
    try (var reader = Json.createReader(new StringReader(body))) {
      return reader.read();
    }
  }

  /** Returns this response if it has the expected status. @throws AssertionError with status and body otherwise */
  public ApiResponse expect(int wished) {
    if (status != wished) {
      throw new AssertionError(
          "%s: expected %d, got %d: %s".formatted(response.uri().getPath(), wished, status, body));
    }
    return this;
  }
}
