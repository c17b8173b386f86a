package tasktracker.platform.outbound;

import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpClientBuilder;
import java.time.Duration;

/** Has clients of langchain4j send their requests by an {@link OutboundClient}. The timeout for reading is that of the whole call. */
public final class OutboundHttpClientBuilder implements HttpClientBuilder {

  private final OutboundClient client;
  private final long bodyBytes;
  private Duration total = Duration.ofMinutes(1);

  /** @param bodyBytes limit of each response */
  public OutboundHttpClientBuilder(OutboundClient client, long bodyBytes) {
    this.client = client;
    this.bodyBytes = bodyBytes;
  }

  @Override
  public Duration connectTimeout() {
    return total;
  }

  /** Has no effect: the client has its own. */
  @Override
  public HttpClientBuilder connectTimeout(Duration timeout) {
    return this;
  }

  @Override
  public Duration readTimeout() {
    return total;
  }

  @Override
  public HttpClientBuilder readTimeout(Duration timeout) {
    total = timeout;
    return this;
  }

  @Override
  public HttpClient build() {
    return new OutboundHttpClient(client, new OutboundLimits(total, bodyBytes));
  }
}
