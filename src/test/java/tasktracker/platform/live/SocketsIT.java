package tasktracker.platform.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tasktracker.harness.Api;
import tasktracker.harness.Product;
import tasktracker.harness.ProductTest;
import tasktracker.harness.TestSocket;
import tasktracker.harness.Await;

/** Events that programs receive on {@code /ws}, and who may subscribe. */
@ProductTest
class SocketsIT {

  /** Several connections a second, but fewer than the rate limit allows in a minute. */
  private static final Duration CONNECTION_TIME = Duration.ofMillis(150);
  private final String chat = "chat-" + UUID.randomUUID();
  private final Product product;
  private final Api api;

  SocketsIT(Product product, Api api) {
    this.product = product;
    this.api = api;
  }

  private void postMessage(String id) {
    api.post("/api/v1/messages", """
        {"external_message_id": "%s", "content": "Hello %s", "author": "Olena", "chat": "%s", "sent_at": "2026-03-01T10:00:00Z"}"""
        .formatted(id, id, chat)).expect(201);
  }

  private static JsonObject json(String frame) {
    return Json.createReader(new StringReader(frame)).readObject();
  }

  private static boolean isMessage(String frame, String text) {
    return frame.contains("\"message.new\"") && frame.contains("\"" + text + "\"");
  }

  @Test
  void aNewMessageIsPublishedWithItsEnvelope() {
    try (TestSocket socket = product.socket("/ws?topics=messages")) {
      socket.await("the greeting", frame -> frame.contains("\"connection\""));
      postMessage("1");
      JsonObject event = json(socket.await("the message", frame -> isMessage(frame, "Hello 1")));
      assertThat(event.getString("topic")).isEqualTo("messages");
      assertThat(event.getString("type")).isEqualTo("message.new");
      assertThat(event.getJsonNumber("seq").longValue()).isPositive();
      assertThat(event.getJsonObject("data").getBoolean("persisted")).isTrue();
    }
  }

  /** Catching up and subscribing are one step; an event between the two was lost. */
  @Test
  void aClientThatReconnectsOftenMissesNoEvent() throws InterruptedException {
    var received = ConcurrentHashMap.<String>newKeySet();
    var written = new AtomicInteger();
    var writers = Executors.newFixedThreadPool(3);
    long seq;
    try (TestSocket socket = product.socket("/ws?topics=messages")) {
      seq = json(socket.await("the greeting", frame -> frame.contains("\"connection\""))).getJsonObject("data").getJsonNumber("seq")
          .longValue();
    }
    IntStream.range(0, 200).forEach(i -> writers.submit(() -> postMessage("w" + written.incrementAndGet())));
    writers.shutdown();
    while (!writers.isTerminated()) {
      try (TestSocket socket = product.socket("/ws?topics=messages&resume=" + seq)) {
        socket.await("the greeting", frame -> frame.contains("\"connection\""));
        LockSupport.parkNanos(CONNECTION_TIME.toNanos());
        seq = Math.max(seq, record(socket.received(), received));
      }
    }
    try (TestSocket socket = product.socket("/ws?topics=messages&resume=" + seq)) {
      Await.forValue("missing events", Duration.ofSeconds(10), () -> findMissing(socket.received(), received), Set::isEmpty);
    }
  }

  private static Set<String> findMissing(List<String> frames, Set<String> received) {
    record(frames, received);
    return IntStream.rangeClosed(1, 200).mapToObj(i -> "Hello w" + i).filter(text -> !received.contains(text)).collect(Collectors.toSet());
  }

  /** Records the contents of these frames and returns their highest sequence number, or 0. */
  private static long record(List<String> frames, Set<String> received) {
    return frames.stream().map(SocketsIT::json).filter(frame -> frame.containsKey("seq"))
        .peek(frame -> received.add(frame.getJsonObject("data").getString("content", "")))
        .mapToLong(frame -> frame.getJsonNumber("seq").longValue()).max().orElse(0);
  }

  @Test
  void aDrainingNodeIsNotReadyAndClosesItsSockets() throws IOException {
    try (TestSocket socket = product.socket("/ws?topics=messages")) {
      socket.await("the greeting", frame -> frame.contains("\"connection\""));
      Files.createFile(ProductTest.DRAIN_FILE);
      Await.until("the node is not ready", Duration.ofSeconds(5), () -> !product.isReady());
      assertThat(socket.isOver()).as("closed before the proxy has noticed").isFalse();
      assertThat(socket.closeCode()).as("service restart").isEqualTo(1012);
      assertThat(product.anonymous().answers("/health/live")).isTrue();
    } finally {
      Files.deleteIfExists(ProductTest.DRAIN_FILE);
    }
    product.awaitReady(Duration.ofSeconds(10));
  }

  @Test
  void aClientThatResumesGetsMissedEventsInOrder() {
    long seen;
    try (TestSocket socket = product.socket("/ws?topics=messages")) {
      postMessage("before");
      seen = json(socket.await("the first", frame -> isMessage(frame, "Hello before"))).getJsonNumber("seq").longValue();
    }
    IntStream.rangeClosed(1, 5).forEach(i -> postMessage("missed-" + i));
    try (TestSocket socket = product.socket("/ws?topics=messages&resume=" + seen)) {
      socket.await("the last", frame -> isMessage(frame, "Hello missed-5"));
      List<Long> numbers = socket.received().stream().filter(frame -> frame.contains("Hello missed-"))
          .map(frame -> json(frame).getJsonNumber("seq").longValue()).toList();
      assertThat(numbers).hasSize(5).isSorted().allMatch(n -> n > seen).doesNotHaveDuplicates();
    }
  }

  @Test
  void aClientThatWasAwayTooLongIsToldToReload() {
    try (TestSocket socket = product.socket("/ws?topics=messages&resume=1")) {
      socket.await("the advice", frame -> json(frame).getString("type").equals("reload"));
    }
  }

  @Test
  void clientsSubscribeToAndUnsubscribeFromTopics() {
    try (TestSocket socket = product.socket("/ws?topics=jobs")) {
      socket.send("{\"action\":\"subscribe\",\"topic\":\"messages\"}");
      socket.await("the answer", frame -> frame.contains("\"subscribed\"") && frame.contains("\"messages\""));
      postMessage("1");
      socket.await("the message", frame -> isMessage(frame, "Hello 1"));
      socket.send("{\"action\":\"subscribe\",\"topic\":\"weather\"}");
      socket.await("the refusal", frame -> frame.contains("\"failed\""));
      socket.send("this is not json");
      socket.send("{\"action\":\"unsubscribe\",\"topic\":\"messages\"}");
      socket.await("the goodbye", frame -> frame.contains("\"unsubscribed\""));
    }
  }

  @Test
  void aSocketNeedsATokenAndTheSameOrigin() {
    String url = product.url().replace("http", "ws") + "/ws?topics=messages";
    assertThatThrownBy(() -> TestSocket.open(url, Map.of())).hasMessageContaining("WebSocketHandshakeException");
    assertThatThrownBy(() -> TestSocket.open(url, Map.of("Authorization", "Bearer " + Product.ADMIN_TOKEN,
        "Origin", "https://evil.example"))).hasMessageContaining("WebSocketHandshakeException");
    assertThatThrownBy(() -> TestSocket.open(url + "&token=" + Product.ADMIN_TOKEN, Map.of()))
        .hasMessageContaining("WebSocketHandshakeException");
  }

  @Test
  void aFrameOfAMegabyteClosesTheConnection() {
    try (TestSocket socket = product.socket("/ws?topics=messages")) {
      socket.send("x".repeat(1_000_000));
      assertThat(socket.closeCode()).isEqualTo(1009);
    }
  }
}
