package tasktracker.platform.outbound;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.io.Closer;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.outbound.OutboundException.Reason;

/**
 * The HTTP client for addresses that people typed. It connects to the public Internet and to allowed addresses only: each
 * connection is made to the addresses that were checked. It follows no redirects, keeps no cookies and no connections,
 * verifies certificates, and gives up at limits of time and size. Thread-safe.
 */
@ApplicationScoped
public class OutboundClient {

  private static final Timeout CONNECT_TIMEOUT = Timeout.ofSeconds(5);
  private static final int MAX_HEADERS = 100;
  private static final int MAX_HEADER_LENGTH = 8 << 10;
  private static final int MAX_CONNECTIONS = 256;

  private final PinnedDnsResolver resolver;
  private final CloseableHttpClient http;

  /** For the server. */
  @Inject
  public OutboundClient(AllowedAddresses allowed) {
    this(NameResolver.SYSTEM, allowed);
  }

  OutboundClient(NameResolver names, AllowedAddresses allowed) {
    this.resolver = new PinnedDnsResolver(names, allowed);
    var connections = PoolingHttpClientConnectionManagerBuilder.create().setDnsResolver(resolver)
        .setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
            .http1Config(Http1Config.custom().setMaxHeaderCount(MAX_HEADERS).setMaxLineLength(MAX_HEADER_LENGTH).build()).build())
        .setDefaultConnectionConfig(ConnectionConfig.custom().setConnectTimeout(CONNECT_TIMEOUT).build())
        .setMaxConnPerRoute(MAX_CONNECTIONS).setMaxConnTotal(MAX_CONNECTIONS).build();
    this.http = HttpClients.custom().setConnectionManager(connections).setConnectionReuseStrategy((request, response, context) -> false)
        .disableRedirectHandling().disableCookieManagement().disableAuthCaching().disableAutomaticRetries()
        .setUserAgent("task-tracker").build();
  }

  /** A client that may also go to the host and port of this URL, which the operator of the server has set. */
  public static OutboundClient trusting(URI url) {
    return new OutboundClient(NameResolver.SYSTEM, address -> HostAndPort.of(url).filter(address::equals).isPresent());
  }

  /** The host and port that have to be allowed before requests to this URL are made; empty when that is not the obstacle. */
  public Optional<HostAndPort> refusedAddress(URI url) {
    HostAndPort target = HostAndPort.of(url).orElse(null);
    try {
      if (target != null) {
        resolver.resolve(target.host(), target.port());
      }
      return Optional.empty();
    } catch (PinnedDnsResolver.AddressRefused refused) {
      return refused.isRestricted() ? Optional.empty() : Optional.of(refused.target());
    } catch (UnknownHostException unknown) {
      return Optional.empty();
    }
  }

  /**
   * Sends the request and reads the whole response.
   *
   * @throws OutboundException when there is no complete response within the limits
   */
  public OutboundResponse send(OutboundRequest request, OutboundLimits limits) {
    return exchange(request, limits, (status, headers, body) -> new OutboundResponse(status, headers, body.readAllBytes()));
  }

  /**
   * Sends the request and has the response read while it arrives. What the reader leaves unread is never received.
   *
   * @throws OutboundException when there is no response within the limits, also while the reader reads
   */
  public <T> T exchange(OutboundRequest request, OutboundLimits limits, OutboundResponse.Reader<T> reader) {
    HostAndPort target = HostAndPort.of(request.url()).orElseThrow(
        () -> new OutboundException(Reason.INVALID_URL, "Not a URL of http or https without a user", null, null));
    HttpUriRequestBase call = call(request, limits);
    // The timeouts of sockets begin anew with each byte; this one ends the whole exchange.
    CompletableFuture<Void> deadline = new CompletableFuture<Void>().orTimeout(limits.total().toMillis(), TimeUnit.MILLISECONDS);
    var unused = deadline.whenComplete((done, late) -> {
      if (late != null) {
        call.cancel();
      }
    });
    try {
      ClassicHttpResponse response = http.executeOpen(host(request.url(), target), call, null);
      try {
        return read(response, call, limits, reader);
      } finally {
        Closer.closeQuietly(response);
      }
    } catch (IOException e) {
      throw failure(target, e, deadline.isCompletedExceptionally());
    } finally {
      deadline.complete(null);
    }
  }

  private static HttpHost host(URI url, HostAndPort target) {
    return new HttpHost(url.getScheme(), target.host(), target.port());
  }

  private static HttpUriRequestBase call(OutboundRequest request, OutboundLimits limits) {
    HttpUriRequestBase call = new HttpUriRequestBase(request.method(), request.url());
    request.headers().forEach((name, value) -> {
      if (!name.equalsIgnoreCase("Content-Type") && !name.equalsIgnoreCase("Content-Length")) {
        call.setHeader(name, value);
      }
    });
    if (request.body() != null) {
      call.setEntity(new StringEntity(request.body(), contentType(request.headers())));
    }
    Timeout total = Timeout.ofMilliseconds(limits.total().toMillis());
    call.setConfig(RequestConfig.custom().setConnectionRequestTimeout(total).setResponseTimeout(total).build());
    return call;
  }

  private static ContentType contentType(Map<String, String> headers) {
    return headers.entrySet().stream().filter(header -> header.getKey().equalsIgnoreCase("Content-Type")).findFirst()
        .map(header -> ContentType.parse(header.getValue()).withCharset(java.nio.charset.StandardCharsets.UTF_8))
        .orElse(ContentType.APPLICATION_JSON);
  }

  private static <T> T read(ClassicHttpResponse response, HttpUriRequestBase call, OutboundLimits limits,
      OutboundResponse.Reader<T> reader) throws IOException {
    InputStream content = response.getEntity() == null ? InputStream.nullInputStream() : response.getEntity().getContent();
    BoundedBody body = new BoundedBody(content == null ? InputStream.nullInputStream() : content, limits.bodyBytes());
    try {
      return reader.read(response.getCode(), headers(response), body);
    } finally {
      if (!body.isAtEnd()) {
        call.cancel(); // closing the response would read the rest
      }
    }
  }

  private static Map<String, List<String>> headers(ClassicHttpResponse response) {
    Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (Header header : response.getHeaders()) {
      headers.computeIfAbsent(header.getName(), name -> new ArrayList<>()).add(String.valueOf(header.getValue()));
    }
    return headers;
  }

  private static OutboundException failure(HostAndPort target, IOException cause, boolean isLate) {
    if (cause instanceof PinnedDnsResolver.AddressRefused refused) {
      return failure(Reason.ADDRESS_REFUSED, String.valueOf(refused.getMessage()), cause, refused.isRestricted() ? null : target);
    }
    Reason reason = isLate || cause instanceof InterruptedIOException ? Reason.TIMEOUT : switch (cause) {
      case UnknownHostException e -> Reason.UNKNOWN_HOST;
      case SSLException e -> Reason.TLS;
      case ConnectException e -> Reason.UNREACHABLE;
      case NoRouteToHostException e -> Reason.UNREACHABLE;
      case MessageConstraintException e -> Reason.TOO_LARGE;
      default -> Reason.INVALID_RESPONSE;
    };
    return failure(reason, target + ": " + reason.wire(), cause, null);
  }

  private static OutboundException failure(Reason reason, String message, Throwable cause, @Nullable HostAndPort allowable) {
    return new OutboundException(reason, message, cause, allowable);
  }
}
