package tasktracker.llm.call;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tasktracker.llm.call.CallFailure.Kind;

/** Sends requests without a guard, for tests of what happens with the answers. */
public final class PlainModelHttp implements ModelHttp {

  private static final int MAX_BODY = 4 << 20;
  private static final Set<String> SET_BY_CLIENT = Set.of("content-length", "host", "connection");
  private final HttpClient client = HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();

  @Override
  public Response send(URI url, Map<String, String> headers, @Nullable String body, Duration timeout) {
    HttpRequest.Builder request = HttpRequest.newBuilder(url).timeout(timeout);
    headers.forEach((name, value) -> {
      if (!SET_BY_CLIENT.contains(name.toLowerCase(java.util.Locale.ROOT))) {
        request.header(name, value);
      }
    });
    request.method(body == null ? "GET" : "POST",
        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
    try {
      HttpResponse<InputStream> response = client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
      byte[] bytes;
      try (InputStream in = response.body()) {
        bytes = in.readNBytes(MAX_BODY + 1);
      }
      if (bytes.length > MAX_BODY) {
        throw new CallFailure(Kind.TOO_LARGE, "The answer is larger than the limit");
      }
      Map<String, String> all = new HashMap<>();
      response.headers().map().forEach((name, values) -> all.put(name, String.join(", ", values)));
      return new Response(response.statusCode(), all, new String(bytes, StandardCharsets.UTF_8));
    } catch (HttpTimeoutException e) {
      throw new CallFailure(Kind.TIMEOUT, "No answer in time", null, e);
    } catch (IOException e) {
      throw new CallFailure(Kind.UNAVAILABLE, "The provider does not answer", null, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CallFailure(Kind.TIMEOUT, "Interrupted", null, e);
    }
  }
}
