package tasktracker.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;
import tasktracker.embedding.SampleLines;
import tasktracker.harness.Await;
import tasktracker.harness.BenchmarkResult;
import tasktracker.harness.Product;

/**
 * The list of messages against a plain page of Spring Boot and Thymeleaf with the same 25 rows of the same database, in
 * turns. Maven builds the peer, which is no part of the product, from {@code src/test/bench/spring-page}.
 */
class PageBench {

  private static final Path PEER = Path.of("src/test/bench/spring-page");
  private static final int CONNECTIONS = 8;
  private static final int MESSAGES = 200;
  private static final int PAIRS = 5;
  private static final double FORMER_RATE = 101;
  private static final Duration WARM_UP = Duration.ofSeconds(20);
  private static final Duration TURN = Duration.ofSeconds(5);
  private final HttpClient http = HttpClient.newHttpClient();

  @Test
  void theMessageListAgainstAPlainPage() throws Exception {
    run("mvn", "-q", "-B", "-ntp", "package", "-DskipTests");
    try (Product product = Product.durable("page-bench", Map.of("NODE_ROLES", "web", "RATE_PERSON", "0")).start()) {
      fill(product);
      int port = freePort();
      Process peer = startPeer(port, product.services().environment());
      try {
        URI plain = URI.create("http://localhost:" + port + "/messages");
        Await.until("the peer answers", Duration.ofSeconds(60), () -> answers(plain));
        compare(URI.create(product.url() + "/messages"), plain);
      } finally {
        peer.destroy();
      }
    }
  }

  private void compare(URI ours, URI plain) throws Exception {
    String page = get(ours).body();
    assertThat(page).contains("id=\"msg-");
    assertThat(get(plain).body()).contains("id=\"msg-");
    pagesPerSecond(plain, WARM_UP);
    pagesPerSecond(ours, WARM_UP);
    double[] rates = new double[PAIRS];
    double[] ratios = new double[PAIRS];
    for (int pair = 0; pair < PAIRS; pair++) {
      double peer = pagesPerSecond(plain, TURN);
      rates[pair] = pagesPerSecond(ours, TURN);
      ratios[pair] = rates[pair] / peer;
      System.out.println(String.format(Locale.ROOT, "pair %d: %.0f pages/s of %d KB, peer %.0f pages/s of %d KB", pair + 1, rates[pair],
          page.length() / 1000, peer, get(plain).body().length() / 1000));
    }
    new BenchmarkResult("pages of 25 messages a second", rates, "").atLeast(4 * FORMER_RATE);
    BenchmarkResult.ratio("pages a second, the whole page / a plain table of Spring Boot", ratios).atLeast(.5);
  }

  private static void fill(Product product) {
    List<String> lines = SampleLines.of(MESSAGES, 7);
    for (int i = 0; i < MESSAGES; i++) {
      product.api().post("/api/v1/messages", Json.createObjectBuilder().add("external_message_id", "p" + i).add("author", "Person " + i % 9)
          .add("content", lines.get(i)).add("chat", "page-bench").add("sent_at", Instant.ofEpochSecond(1_770_000_000L + i).toString())
          .build().toString()).expect(201);
    }
  }

  private double pagesPerSecond(URI address, Duration turn) throws Exception {
    LongAdder pages = new LongAdder();
    long begin = System.nanoTime();
    long end = begin + turn.toNanos();
    Callable<Void> connection = () -> {
      while (System.nanoTime() < end) {
        get(address);
        pages.increment();
      }
      return null;
    };
    try (var threads = Executors.newFixedThreadPool(CONNECTIONS)) {
      for (Future<Void> each : threads.invokeAll(Collections.nCopies(CONNECTIONS, connection))) {
        each.get();
      }
    }
    return pages.sum() / ((System.nanoTime() - begin) / 1e9);
  }

  private HttpResponse<String> get(URI address) throws IOException, InterruptedException {
    HttpResponse<String> response = http.send(HttpRequest.newBuilder(address).header("Accept", "text/html")
        .header("Authorization", "Bearer " + Product.ADMIN_TOKEN).version(HttpClient.Version.HTTP_1_1).build(),
        HttpResponse.BodyHandlers.ofString());
    assertThat(response.statusCode()).isEqualTo(200);
    return response;
  }

  private boolean answers(URI address) {
    try {
      return get(address).statusCode() == 200;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static Process startPeer(int port, Map<String, String> services) throws IOException {
    var builder = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar", "target/spring-page-1.jar",
        "--server.port=" + port).directory(PEER.toFile()).redirectErrorStream(true).redirectOutput(new File("target/spring-page.log"));
    builder.environment().putAll(Map.of("SPRING_DATASOURCE_URL", services.get("DATABASE_URL"),
        "SPRING_DATASOURCE_USERNAME", services.get("DATABASE_USER"), "SPRING_DATASOURCE_PASSWORD", services.get("DATABASE_PASSWORD")));
    return builder.start();
  }

  private static void run(String... command) throws IOException, InterruptedException {
    var builder = new ProcessBuilder(command).directory(PEER.toFile()).inheritIO();
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    assertThat(builder.start().waitFor()).as("Maven builds the peer").isZero();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
