package tasktracker.llm.call;

import dev.langchain4j.exception.HttpException;
import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Has clients of langchain4j send their requests by a {@link ModelHttp}, and keeps what the header {@code Retry-After} says. */
final class LangChainHttp implements HttpClientBuilder, HttpClient {

  /** A response other than 2xx. */
  static final class StatusException extends HttpException {

    private static final long serialVersionUID = 1L;
    private final @Nullable String retryAfter;

    StatusException(int status, @Nullable String retryAfter) {
      super(status, "HTTP status " + status);
      this.retryAfter = retryAfter;
    }

    @Nullable
    String retryAfter() {
      return retryAfter;
    }
  }

  private final ModelHttp http;
  private final Duration timeout;

  LangChainHttp(ModelHttp http, Duration timeout) {
    this.http = http;
    this.timeout = timeout;
  }

  @Override
  public SuccessfulHttpResponse execute(HttpRequest request) {
    Map<String, String> headers = new LinkedHashMap<>();
    request.headers().forEach((name, values) -> headers.put(name, String.join(", ", values)));
    ModelHttp.Response response = http.send(URI.create(request.url()), headers, request.body(), timeout);
    if (response.status() < 200 || response.status() >= 300) {
      throw new StatusException(response.status(), response.headers().get("retry-after"));
    }
    Map<String, List<String>> all = response.headers().entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, header -> List.of(header.getValue())));
    return SuccessfulHttpResponse.builder().statusCode(response.status()).headers(all)
        .body(response.body().getBytes(StandardCharsets.UTF_8)).build();
  }

  @Override
  public void execute(HttpRequest request, ServerSentEventParser parser, ServerSentEventListener listener) {
    throw new UnsupportedOperationException("Answers are read as a whole");
  }

  @Override
  public Duration connectTimeout() {
    return timeout;
  }

  @Override
  public HttpClientBuilder connectTimeout(Duration ignored) {
    return this;
  }

  @Override
  public Duration readTimeout() {
    return timeout;
  }

  @Override
  public HttpClientBuilder readTimeout(Duration ignored) {
    return this;
  }

  @Override
  public HttpClient build() {
    return this;
  }
}
