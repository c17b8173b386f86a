package tasktracker.platform.outbound;

import dev.langchain4j.exception.HttpException;
import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;

/** An {@link OutboundClient} as langchain4j calls it. */
final class OutboundHttpClient implements HttpClient {

  private final OutboundClient client;
  private final OutboundLimits limits;

  OutboundHttpClient(OutboundClient client, OutboundLimits limits) {
    this.client = client;
    this.limits = limits;
  }

  @Override
  public SuccessfulHttpResponse execute(HttpRequest request) {
    try {
      OutboundResponse response = client.send(toOutbound(request), limits);
      if (!response.isSuccessful()) {
        throw new HttpException(response.status(), response.text());
      }
      return SuccessfulHttpResponse.builder().statusCode(response.status()).headers(response.headers()).body(response.body()).build();
    } catch (OutboundException e) {
      throw e.reason() == OutboundException.Reason.TIMEOUT ? new TimeoutException(e) : e;
    }
  }

  private static OutboundRequest toOutbound(HttpRequest request) {
    Map<String, String> headers = new LinkedHashMap<>();
    request.headers().forEach((name, values) -> headers.put(name, String.join(", ", values)));
    return new OutboundRequest(request.method().name(), URI.create(request.url()), headers, request.body());
  }

  @Override
  public void execute(HttpRequest request, ServerSentEventParser parser, ServerSentEventListener listener) {
    throw new UnsupportedOperationException("Answers are read as a whole");
  }
}
