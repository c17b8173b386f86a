package tasktracker.platform.live;

import static org.assertj.core.api.Assertions.assertThat;
import static tasktracker.harness.RawSocket.BINARY;
import static tasktracker.harness.RawSocket.CLOSE;
import static tasktracker.harness.RawSocket.CONTINUATION;
import static tasktracker.harness.RawSocket.FINAL;
import static tasktracker.harness.RawSocket.PING;
import static tasktracker.harness.RawSocket.PONG;
import static tasktracker.harness.RawSocket.TEXT;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tasktracker.harness.Api;
import tasktracker.harness.Product;
import tasktracker.harness.ProductTest;
import tasktracker.harness.RawSocket;
import tasktracker.harness.TestSocket;
import tasktracker.harness.Await;

/** Limits of sockets against clients that send hostile frames, too many frames, or do not read. */
@ProductTest
class SocketLimitsIT {

  private static final String SUBSCRIBE = "{\"action\":\"subscribe\",\"topic\":\"%s\"}";
  /** Long enough for the server to read each byte separately. */
  private static final Duration BETWEEN_BYTES = Duration.ofMillis(10);
  private final String chat = "chat-" + UUID.randomUUID();
  private final Product product;
  /** A token of this test only, so that sockets opened by other tests do not count. */
  private final String token;

  SocketLimitsIT(Product product) {
    this.product = product;
    this.token = tokenOf("admin");
  }

  private String tokenOf(String role) {
    return product.api().post("/api/v1/tokens", "{\"name\":\"%s\",\"role\":\"%s\"}".formatted(UUID.randomUUID(), role))
        .expect(201).json().getString("token");
  }

  private String url(String path) {
    return product.url().replace("http", "ws") + path;
  }

  private RawSocket handshake(String path, Map<String, String> headers) {
    var sent = new HashMap<>(Map.of("Authorization", "Bearer " + token));
    sent.putAll(headers);
    return RawSocket.open(url(path), sent);
  }

  /** An open socket that has received the greeting. */
  private RawSocket socket(String path) {
    RawSocket socket = handshake(path, Map.of());
    assertThat(socket.status()).isEqualTo(101);
    socket.await(frame -> frame.text().contains("\"connection\""));
    return socket;
  }

  private int countOpen() {
    return metric("tasktracker_live_sockets");
  }

  private int countDisconnected() {
    return metric("tasktracker_live_cut_off_total");
  }

  private int metric(String name) {
    String metrics = product.api().get("/metrics").expect(200).body();
    return metrics.lines().filter(line -> line.startsWith(name)).findFirst()
        .map(line -> (int) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1))).orElseThrow();
  }

  private void awaitOpen(int count) {
    Await.forValue("open sockets", Duration.ofSeconds(20), this::countOpen, open -> open <= count);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/ws", "/live"})
  void binaryFramesAreRefusedByTheirHeader(String path) {
    try (RawSocket whole = socket(path); RawSocket huge = socket(path); RawSocket first = socket(path)) {
      assertThat(whole.send(FINAL | BINARY, "x").closeCode()).isEqualTo(1003);
      assertThat(huge.announce(FINAL | BINARY, 1L << 40).closeCode()).isEqualTo(1003);
      assertThat(first.send(BINARY, "").closeCode()).isEqualTo(1003);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/ws", "/live"})
  void longTextIsRefusedByItsHeader(String path) {
    int maxBytes = path.equals("/ws") ? 8192 : 1024;
    try (RawSocket allowed = socket(path);
        RawSocket more = socket(path);
        RawSocket huge = socket(path);
        RawSocket negative = socket(path)) {
      allowed.send(FINAL | TEXT, " ".repeat(maxBytes)).send(FINAL | PING, "well?");
      assertThat(allowed.await(frame -> frame.opcode() == PONG).text()).isEqualTo("well?");
      assertThat(more.announce(FINAL | TEXT, maxBytes + 1).closeCode()).isEqualTo(1009);
      assertThat(huge.announce(FINAL | TEXT, 1L << 40).closeCode()).isEqualTo(1009);
      assertThat(negative.announce(FINAL | TEXT, -1).closeCode()).isEqualTo(1009);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/ws", "/live"})
  void fragmentsAreLimitedInSizeAndNumber(String path) {
    try (RawSocket summed = socket(path); RawSocket counted = socket(path)) {
      summed.send(TEXT, "x".repeat(1000));
      IntStream.range(0, 8).forEach(i -> summed.send(CONTINUATION, "x".repeat(1000)));
      assertThat(summed.closeCode()).isEqualTo(1009);
      counted.send(TEXT, "");
      IntStream.range(0, 1000).forEach(i -> counted.send(CONTINUATION, ""));
      assertThat(counted.closeCode()).as("empty ones").isEqualTo(1008);
    }
  }

  @Test
  void floodsCloseTheConnection() {
    try (RawSocket pings = socket("/ws");
        RawSocket pongs = socket("/live");
        RawSocket requests = socket("/ws");
        RawSocket bytes = socket("/ws")) {
      IntStream.range(0, 1000).forEach(i -> pings.send(FINAL | PING, "x".repeat(125)));
      assertThat(pings.closeCode()).isEqualTo(1008);
      IntStream.range(0, 1000).forEach(i -> pongs.send(FINAL | PONG, ""));
      assertThat(pongs.closeCode()).isEqualTo(1008);
      IntStream.range(0, 1000).forEach(i -> requests.send(FINAL | TEXT, SUBSCRIBE.formatted("messages")));
      assertThat(requests.closeCode()).isEqualTo(1008);
      IntStream.range(0, 40).forEach(i -> bytes.send(FINAL | TEXT, " ".repeat(8000)));
      assertThat(bytes.closeCode()).isEqualTo(1008);
    }
  }

  @Test
  void invalidFramesCloseTheConnection() {
    try (RawSocket reserved = socket("/ws");
        RawSocket unmasked = socket("/ws");
        RawSocket unknown = socket("/ws");
        RawSocket control = socket("/ws");
        RawSocket fragment = socket("/ws");
        RawSocket stray = socket("/ws");
        RawSocket nested = socket("/ws");
        RawSocket words = socket("/ws")) {
      assertThat(reserved.send(FINAL | 0x40 | TEXT, "x").closeCode()).as("compressed").isEqualTo(1002);
      assertThat(unmasked.sendBytes((byte) (FINAL | TEXT), (byte) 1, (byte) 'x').closeCode()).isEqualTo(1002);
      assertThat(unknown.send(FINAL | 0x3, "x").closeCode()).isEqualTo(1002);
      assertThat(control.announce(FINAL | PING, 126).closeCode()).isEqualTo(1002);
      assertThat(fragment.send(PING, "x").closeCode()).isEqualTo(1002);
      assertThat(stray.send(FINAL | CONTINUATION, "x").closeCode()).isEqualTo(1002);
      assertThat(nested.send(TEXT, "x").send(TEXT, "y").closeCode()).isEqualTo(1002);
      assertThat(words.sendBytes(RawSocket.frame(FINAL | TEXT, new byte[]{(byte) 0xC3, (byte) 0x28})).closeCode()).isEqualTo(1007);
    }
  }

  @Test
  void aCloseFrameIsAnsweredAndEndsTheConnection() {
    try (RawSocket plain = socket("/ws");
        RawSocket often = socket("/ws");
        RawSocket odd = socket("/ws");
        RawSocket unspoken = socket("/ws")) {
      assertThat(plain.sendBytes(RawSocket.frame(FINAL | CLOSE, new byte[]{0x03, (byte) 0xE9})).closeCode()).isEqualTo(1001);
      assertThat(plain.isEndedByServer()).isTrue();
      IntStream.range(0, 1000).forEach(i -> often.send(FINAL | CLOSE, ""));
      assertThat(often.closeCode()).isEqualTo(1000);
      assertThat(odd.sendBytes(RawSocket.frame(FINAL | CLOSE, new byte[]{0x03, (byte) 0xEE})).closeCode()).as("1006 is never sent")
          .isEqualTo(1002);
      assertThat(unspoken.send(FINAL | BINARY, "x").closeCode()).isEqualTo(1003);
      assertThat(unspoken.isEndedByServer()).as("although the client does not answer").isTrue();
    }
  }

  /** A proxy still treats the connection as a socket and passes all bytes on. */
  @Test
  void noHttpRequestIsAnsweredAfterASocket() {
    String request = "GET /api/health HTTP/1.1\r\nHost: localhost\r\n\r\n";
    try (RawSocket ended = socket("/ws"); RawSocket refused = socket("/ws")) {
      ended.send(FINAL | CLOSE, "").sendBytes(request.getBytes(java.nio.charset.StandardCharsets.UTF_8));
      assertThat(ended.closeCode()).isEqualTo(1000);
      assertThat(ended.sendBytes(request.getBytes(java.nio.charset.StandardCharsets.UTF_8)).rest()).isEmpty();
      assertThat(refused.send(FINAL | BINARY, "").closeCode()).isEqualTo(1003);
      assertThat(refused.sendBytes(request.getBytes(java.nio.charset.StandardCharsets.UTF_8)).rest()).isEmpty();
    }
  }

  @Test
  void aMessageSentByteByByteIsRead() {
    byte[] request = RawSocket.frame(FINAL | TEXT, SUBSCRIBE.formatted("jobs").getBytes(java.nio.charset.StandardCharsets.UTF_8));
    try (RawSocket socket = socket("/ws?topics=messages")) {
      for (byte one : request) {
        socket.sendBytes(one);
      }
      assertThat(socket.await(frame -> frame.text().contains("\"subscription\"")).text()).contains("\"subscribed\"", "\"jobs\"");
      socket.send(TEXT, SUBSCRIBE.formatted("jobs").substring(0, 10)).send(FINAL | PING, "").send(FINAL | CONTINUATION,
          SUBSCRIBE.formatted("jobs").substring(10));
      assertThat(socket.await(frame -> frame.text().contains("\"subscription\"")).text()).contains("\"subscribed\"", "\"jobs\"");
    }
  }

  /** The server's own implementation allocates a buffer of 8 KiB for each byte of a message. */
  @Test
  void ninetySlowSocketsCostOnlyTheirBytes() {
    byte[] request = RawSocket.frame(FINAL | TEXT,
        (SUBSCRIBE.formatted("jobs") + " ".repeat(560)).getBytes(java.nio.charset.StandardCharsets.UTF_8));
    int before = countOpen();
    List<RawSocket> sockets = new ArrayList<>();
    try {
      IntStream.range(0, 90).forEach(i -> sockets.add(socket("/ws?topics=messages")));
      for (byte one : request) {
        sockets.forEach(socket -> socket.sendBytes(one));
        LockSupport.parkNanos(BETWEEN_BYTES.toNanos());
      }
      assertThat(sockets).allSatisfy(
          socket -> assertThat(socket.await(frame -> frame.text().contains("\"subscription\"")).text()).contains("\"subscribed\""));
    } finally {
      sockets.forEach(RawSocket::close);
    }
    awaitOpen(before);
    assertThat(product.hasSaid("OutOfMemoryError")).isFalse();
  }

  @Test
  void requestsAreLimitedInSize() {
    try (RawSocket socket = socket("/ws?topics=" + "messages,".repeat(40))) {
      socket.send(FINAL | TEXT, SUBSCRIBE.formatted("x".repeat(7000)));
      assertThat(socket.await(frame -> frame.text().contains("\"failed\"")).text()).hasSizeLessThan(200);
      socket.send(FINAL | TEXT, "[".repeat(8000)).send(FINAL | TEXT, "{\"action\":".repeat(800)).send(FINAL | TEXT,
          "{\"a\":1" + "0".repeat(8000) + "}");
      socket.send(FINAL | PING, "");
      socket.await(frame -> frame.opcode() == PONG);
    }
    try (RawSocket refused = handshake("/ws?topics=" + "messages,".repeat(60), Map.of())) {
      assertThat(refused.status()).isEqualTo(400);
    }
  }

  @Test
  void onlyValidHandshakesAreAccepted() {
    assertThat(status(Map.of("Sec-WebSocket-Version", "8"))).isEqualTo(426);
    assertThat(status(Map.of("Upgrade", "h2c"))).isEqualTo(426);
    assertThat(status(Map.of("Upgrade", ""))).isEqualTo(426);
    assertThat(status(Map.of("Connection", "keep-alive"))).isEqualTo(400);
    assertThat(status(Map.of("Sec-WebSocket-Key", "short"))).isEqualTo(400);
    assertThat(status(Map.of("Sec-WebSocket-Key", ""))).isEqualTo(400);
    assertThat(status(Map.of("Authorization", "bearer " + token))).as("the scheme is case-insensitive").isEqualTo(101);
    assertThat(status(Map.of("Authorization", ""))).isEqualTo(401);
    assertThat(status(Map.of("Origin", "https://evil.example"))).isEqualTo(403);
    try (RawSocket plain = handshake("/ws", Map.of("Sec-WebSocket-Extensions", "permessage-deflate; client_max_window_bits",
        "Sec-WebSocket-Protocol", "chat"))) {
      assertThat(plain.status()).isEqualTo(101);
      assertThat(plain.header("Sec-WebSocket-Accept")).isEqualTo("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
      assertThat(plain.header("Sec-WebSocket-Extensions")).isEmpty();
      assertThat(plain.header("Sec-WebSocket-Protocol")).isEmpty();
    }
  }

  private int status(Map<String, String> headers) {
    try (RawSocket socket = handshake("/ws", headers)) {
      return socket.status();
    }
  }

  @Test
  void anAccountHasAtMostAHundredOpenSockets() {
    int before = countOpen();
    List<RawSocket> sockets = new ArrayList<>();
    try {
      sockets.add(handshake("/ws", Map.of()));
      while (sockets.getLast().status() == 101 && sockets.size() < 120) {
        sockets.getLast().await(frame -> frame.text().contains("\"connection\""));
        sockets.add(handshake(sockets.size() % 2 == 0 ? "/ws" : "/live", Map.of()));
      }
      assertThat(sockets.getLast().status()).isEqualTo(503);
      assertThat(sockets.getLast().header("Retry-After")).isNotEmpty();
      assertThat(sockets).hasSizeBetween(80, 101);
      sockets.removeFirst().close();
      Await.until("there is room again", Duration.ofSeconds(10), () -> status(Map.of()) == 101);
    } finally {
      sockets.forEach(RawSocket::close);
    }
    awaitOpen(before);
  }

  @Test
  void aClientThatDoesNotReadIsDisconnectedAlone() {
    try (RawSocket idle = RawSocket.open(url("/ws?topics=messages"), 4096, Map.of("Authorization", "Bearer " + token));
        RawSocket late = RawSocket.open(url("/ws?topics=messages"), 4096, Map.of("Authorization", "Bearer " + token));
        TestSocket reader = product.socket("/ws?topics=messages")) {
      reader.await("the greeting", frame -> frame.contains("\"connection\""));
      int open = countOpen();
      int disconnected = countDisconnected();
      int written = 0;
      while (countDisconnected() < disconnected + 2 && written < 400) {
        postMessage(++written);
      }
      assertThat(late.closeCode()).as("it reads what the network had buffered").isEqualTo(1013);
      String last = "Hello " + written + " ";
      reader.await("the last message", frame -> frame.contains(last));
      awaitOpen(open - 2);
      assertThat(idle.isEndedByServer()).isTrue();
    }
  }

  private void postMessage(int number) {
    product.api().post("/api/v1/messages", """
        {"external_message_id": "%d", "content": "%s", "author": "Olena", "chat": "%s", "sent_at": "2026-03-01T10:00:00Z"}"""
        .formatted(number, "Hello " + number + " " + "x".repeat(60_000), chat)).expect(201);
  }

  @Test
  void droppedConnectionsAreCleanedUp() {
    int before = countOpen();
    for (int i = 0; i < 20; i++) {
      handshake("/ws", Map.of()).close();
      socket("/live").announce(FINAL | TEXT, 1000).close();
      handshake("/ws", Map.of("Sec-WebSocket-Key", "")).close();
    }
    awaitOpen(before);
  }

  @Test
  void readersCannotSubscribeToJobsAndTheSystem() {
    try (RawSocket reader = RawSocket.open(url("/ws?topics=jobs,system,messages"), Map.of("Authorization", "Bearer " + tokenOf("reader")));
        RawSocket page = RawSocket.open(url("/live?topics=jobs,system,messages"), Map.of("Authorization", "Bearer " + tokenOf("reader")));
        RawSocket reviewer = RawSocket.open(url("/ws?topics=jobs,system"), Map.of("Authorization", "Bearer " + tokenOf("reviewer")))) {
      assertThat(reader.read().text()).contains("\"topics\":[\"messages\"]");
      assertThat(page.read().text()).contains("\"topics\":[\"messages\"]");
      assertThat(reviewer.read().text()).contains("\"topics\":[\"jobs\",\"system\"]");
      reader.send(FINAL | TEXT, SUBSCRIBE.formatted("jobs"));
      assertThat(reader.await(frame -> frame.text().contains("\"subscription\"")).text()).contains("\"failed\"");
    }
  }

  @Test
  void pagesSubscribeOnlyToPermittedTopics() {
    assertThat(pageOf("reader")).contains("topics=\"noise_filtering,knowledge,versions,proposals,tasks,analysis,messages").doesNotContain(
        "topics=\"jobs",
        "jobs-running");
    assertThat(pageOf("reviewer")).contains("topics=\"jobs,system,knowledge,versions,proposals,tasks,analysis,messages", "jobs-running");
  }

  private String pageOf(String role) {
    return new Api(product.url(), Map.of("Authorization", "Bearer " + tokenOf(role), "Accept", "text/html")).get("/messages").expect(200)
        .body();
  }
}
