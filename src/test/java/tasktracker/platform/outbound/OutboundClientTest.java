package tasktracker.platform.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tasktracker.platform.outbound.OutboundException.Reason;

class OutboundClientTest {

  private static final OutboundLimits LIMITS = new OutboundLimits(Duration.ofSeconds(2), 1 << 20);
  private final List<String> calls = new CopyOnWriteArrayList<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    answer("/", exchange -> send(exchange, 200, "{\"status\":\"fine\"}".getBytes(StandardCharsets.UTF_8)));
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void answer(String path, HttpHandler handler) {
    server.createContext(path, exchange -> {
      calls.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
          + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
      try (exchange) {
        handler.handle(exchange);
      } catch (IOException clientHasLeft) {
        // Expected where the client gives up.
      }
    });
  }

  private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }

  private int port() {
    return server.getAddress().getPort();
  }

  private URI url(String host, String path) {
    return URI.create("http://" + host + ":" + port() + path);
  }

  /** Everything resolves to this machine, and the server of this test is allowed by the name models.test. */
  private OutboundClient client() {
    return new OutboundClient(host -> new InetAddress[]{InetAddress.getLoopbackAddress()},
        address -> address.equals(new HostAndPort("models.test", port())));
  }

  private static OutboundException failure(OutboundClient client, URI url) {
    return catchThrowableOfType(OutboundException.class, () -> client.send(OutboundRequest.get(url), LIMITS));
  }

  @Test
  void anAllowedServerIsAsked() {
    OutboundResponse response = client()
        .send(OutboundRequest.postJson(url("models.test", "/v1/models"), "{\"ключ\":1}").withHeader("Authorization", "Bearer k"), LIMITS);
    assertThat(response.status()).isEqualTo(200);
    assertThat(response.text()).isEqualTo("{\"status\":\"fine\"}");
    assertThat(calls).containsExactly("POST /v1/models {\"ключ\":1}");
  }

  @Test
  void otherHostsAndPortsOfThisMachineAreRefused() {
    OutboundException refused = failure(client(), url("localhost", "/"));
    assertThat(refused.reason()).isEqualTo(Reason.ADDRESS_REFUSED);
    assertThat(refused.canBeAllowed()).hasValue(new HostAndPort("localhost", port()));
    assertThat(failure(client(), URI.create("http://models.test:1/")).reason()).isEqualTo(Reason.ADDRESS_REFUSED);
    assertThat(calls).isEmpty();
  }

  @Test
  void numbersInAnySpellingAreCheckedAsAddresses() {
    OutboundClient client = new OutboundClient(NameResolver.SYSTEM, address -> false);
    for (String host : List.of("127.0.0.1", "127.1", "2130706433", "[::1]", "[::ffff:127.0.0.1]")) {
      assertThat(failure(client, url(host, "/")).reason()).as(host).isIn(Reason.ADDRESS_REFUSED, Reason.INVALID_URL);
    }
    assertThat(calls).isEmpty();
  }

  @Test
  void aNameWithOnePrivateAddressIsRefused() {
    OutboundClient client = new OutboundClient(
        host -> new InetAddress[]{InetAddress.getByName("93.184.216.34"), InetAddress.getLoopbackAddress()}, address -> false);
    assertThat(failure(client, url("mixed.test", "/")).reason()).isEqualTo(Reason.ADDRESS_REFUSED);
  }

  @Test
  void aNameThatTurnsPrivateNeverReachesThisMachine() {
    AtomicInteger resolutions = new AtomicInteger();
    OutboundClient client = new OutboundClient(host -> new InetAddress[]{
        resolutions.getAndIncrement() == 0 ? InetAddress.getByName("192.31.196.1") : InetAddress.getLoopbackAddress()}, address -> false);
    assertThat(failure(client, url("turning.test", "/")).reason()).isNotEqualTo(Reason.ADDRESS_REFUSED);
    assertThat(resolutions).hasValue(1);
    assertThat(failure(client, url("turning.test", "/")).reason()).isEqualTo(Reason.ADDRESS_REFUSED);
    assertThat(calls).isEmpty();
  }

  @Test
  void anAllowedNameCanNotLeadToMetadata() {
    OutboundClient client = new OutboundClient(host -> new InetAddress[]{InetAddress.getByName("169.254.169.254")}, address -> true);
    OutboundException refused = failure(client, URI.create("http://models.test/"));
    assertThat(refused.reason()).isEqualTo(Reason.ADDRESS_REFUSED);
    assertThat(refused.canBeAllowed()).isEmpty();
  }

  @Test
  void redirectsAreNotFollowed() {
    answer("/moved", exchange -> {
      exchange.getResponseHeaders().add("Location", "http://models.test:" + port() + "/inside");
      exchange.sendResponseHeaders(302, -1);
    });
    OutboundResponse response = client().send(OutboundRequest.get(url("models.test", "/moved")), LIMITS);
    assertThat(response.status()).isEqualTo(302);
    assertThat(response.isSuccessful()).isFalse();
    assertThat(calls).containsExactly("GET /moved ");
  }

  @Test
  void aLargeAnswerIsGivenUp() {
    answer("/large", exchange -> send(exchange, 200, new byte[10 << 20]));
    assertThat(failure(client(), url("models.test", "/large")).reason()).isEqualTo(Reason.TOO_LARGE);
  }

  @Test
  void aCompressedAnswerIsMeasuredDecompressed() {
    answer("/bomb", exchange -> {
      ByteArrayOutputStream packed = new ByteArrayOutputStream();
      try (OutputStream zip = new GZIPOutputStream(packed)) {
        zip.write(new byte[20 << 20]);
      }
      exchange.getResponseHeaders().add("Content-Encoding", "gzip");
      send(exchange, 200, packed.toByteArray());
    });
    assertThat(failure(client(), url("models.test", "/bomb")).reason()).isEqualTo(Reason.TOO_LARGE);
  }

  @Test
  void aLongHeaderIsGivenUp() {
    answer("/header", exchange -> {
      exchange.getResponseHeaders().add("X-Long", "x".repeat(20_000));
      send(exchange, 200, new byte[1]);
    });
    assertThat(failure(client(), url("models.test", "/header")).reason()).isEqualTo(Reason.TOO_LARGE);
  }

  @Test
  void aBodyThatDripsIsGivenUpInTime() {
    answer("/drip", exchange -> {
      exchange.sendResponseHeaders(200, 0);
      drip(exchange.getResponseBody());
    });
    long startedNs = System.nanoTime();
    assertThat(failure(client(), url("models.test", "/drip")).reason()).isEqualTo(Reason.TIMEOUT);
    assertThat(Duration.ofNanos(System.nanoTime() - startedNs)).isLessThan(Duration.ofSeconds(8));
  }

  private static void drip(OutputStream body) throws IOException {
    try {
      for (int i = 0; i < 600; i++) {
        body.write('x');
        body.flush();
        Thread.sleep(100);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void headersThatDripAreGivenUpInTime() throws IOException {
    try (ServerSocket dripping = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var unused = threads.submit(() -> {
        try (Socket socket = dripping.accept()) {
          socket.getOutputStream().write("HTTP/1.1 200 OK\r\nX: ".getBytes(StandardCharsets.US_ASCII));
          drip(socket.getOutputStream());
        }
        return null;
      });
      OutboundClient client = new OutboundClient(NameResolver.SYSTEM, address -> true);
      assertThat(failure(client, URI.create("http://localhost:" + dripping.getLocalPort() + "/")).reason()).isEqualTo(Reason.TIMEOUT);
    }
  }

  @Test
  void aReaderMayStopEarly() {
    answer("/endless", exchange -> {
      exchange.sendResponseHeaders(200, 0);
      drip(exchange.getResponseBody());
    });
    long startedNs = System.nanoTime();
    int first = client().exchange(OutboundRequest.get(url("models.test", "/endless")),
        new OutboundLimits(Duration.ofSeconds(30), 100), (status, headers, body) -> body.read());
    assertThat(first).isEqualTo('x');
    assertThat(Duration.ofNanos(System.nanoTime() - startedNs)).isLessThan(Duration.ofSeconds(10));
  }

  @Test
  void unreachableAndUnknownHostsAreTold() throws IOException {
    int free;
    try (ServerSocket socket = new ServerSocket(0)) {
      free = socket.getLocalPort();
    }
    OutboundClient client = new OutboundClient(host -> {
      if (host.equals("nowhere.test")) {
        throw new UnknownHostException(host);
      }
      return new InetAddress[]{InetAddress.getLoopbackAddress()};
    }, address -> true);
    assertThat(failure(client, URI.create("http://models.test:" + free + "/")).reason()).isEqualTo(Reason.UNREACHABLE);
    assertThat(failure(client, URI.create("http://nowhere.test/")).reason()).isEqualTo(Reason.UNKNOWN_HOST);
    assertThat(failure(client, URI.create("http://a:b@models.test/")).reason()).isEqualTo(Reason.INVALID_URL);
  }

  @Test
  void aCertificateThatNobodySignedIsRefused(@TempDir Path folder) throws Exception {
    HttpsServer secure = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    secure.setHttpsConfigurator(new HttpsConfigurator(selfSigned(folder.resolve("keys"))));
    secure.setExecutor(threads);
    secure.createContext("/", exchange -> calls.add("unverified"));
    secure.start();
    try {
      OutboundClient client = new OutboundClient(host -> new InetAddress[]{InetAddress.getLoopbackAddress()}, address -> true);
      assertThat(failure(client, URI.create("https://models.test:" + secure.getAddress().getPort() + "/")).reason()).isEqualTo(Reason.TLS);
      assertThat(calls).isEmpty();
    } finally {
      secure.stop(0);
    }
  }

  private static SSLContext selfSigned(Path file) throws Exception {
    new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair", "-alias", "a", "-keyalg", "EC",
        "-dname", "CN=models.test", "-storepass", "changeit", "-keystore", file.toString()).start().waitFor();
    KeyStore keys = KeyStore.getInstance(file.toFile(), "changeit".toCharArray());
    KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, "changeit".toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context;
  }

  @Test
  void messagesOfFailuresContainNoSecrets() {
    OutboundException refused = catchThrowableOfType(OutboundException.class, () -> client().send(
        OutboundRequest.get(URI.create("http://localhost:" + port() + "/v1?key=sk-secret")).withHeader("Authorization", "Bearer sk-secret"),
        LIMITS));
    assertThat(refused).hasMessageNotContaining("sk-secret");
    assertThat(OutboundRequest.get(url("models.test", "/v1?key=sk-secret")).withHeader("Authorization", "sk-secret").toString())
        .doesNotContain("sk-secret");
  }
}
