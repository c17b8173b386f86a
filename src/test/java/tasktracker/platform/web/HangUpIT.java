package tasktracker.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tasktracker.harness.Product;
import tasktracker.harness.ProductTest;
import tasktracker.harness.ProjectPaths;
import tasktracker.harness.Await;

/** Somebody who hangs up while an answer comes is no fault of the server's. */
@ProductTest
class HangUpIT {

  /** Bytes of a message; more than the buffers of a connection hold. */
  private static final int MUCH = 24_000_000;
  private final Product product;
  private String message;

  HangUpIT(Product product) {
    this.product = product;
  }

  @BeforeEach
  void thereIsMuchToTell() {
    message = product.api().post("/api/v1/messages", Json.createObjectBuilder().add("external_message_id", UUID.randomUUID().toString())
        .add("content", "long").add("author", "Olena").add("chat", "hang-up").add("sent_at", "2026-03-02T12:00:00Z").build().toString())
        .expect(201).json().getString("id");
    product.database().useHandle(sql -> sql.execute("update message set content = repeat('x', ?) where id = ?::uuid", MUCH, message));
  }

  @AfterEach
  void forget() {
    product.database().useHandle(sql -> sql.execute("delete from message where id = ?::uuid", message));
  }

  @ParameterizedTest
  @CsvSource({"/messages/export?id=, /messages/export, ''", "/api/v1/messages/, /api/v1/messages/{id}, ''",
      "/messages/, '/messages/{id: [0-9a-fA-F-]{36}}/text', /text"})
  void whoHangsUpInTheMiddleLeavesNoErrorInTheLog(String before, String route, String after) throws IOException {
    double answered = answered(route);
    int saidBefore = log().length();
    hangUp(before + message + after);
    Await.until("the server is done with it", Duration.ofSeconds(30), () -> answered(route) > answered);
    assertThat(log().substring(saidBefore)).doesNotContain(" E ", "Exception", "\tat ");
  }

  private double answered(String route) {
    String metrics = product.api().with("Accept", "text/plain").get("/metrics").expect(200).body();
    return Pattern.compile("(?m)^tasktracker_http_requests_seconds_count\\{.*route=\"" + Pattern.quote(route) + "\".*} (\\S+)")
        .matcher(metrics).results().mapToDouble(found -> Double.parseDouble(found.group(1))).sum();
  }

  private static String log() {
    return ProjectPaths.text(ProjectPaths.target("server", "shared", "console.log"));
  }

  /** Reads a little of the answer, and resets the connection. */
  private void hangUp(String path) throws IOException {
    URI server = URI.create(product.url());
    try (Socket caller = new Socket()) {
      caller.setReceiveBufferSize(4096);
      caller.connect(new InetSocketAddress(server.getHost(), server.getPort()));
      caller.getOutputStream()
          .write(("GET " + path + " HTTP/1.1\r\nHost: " + server.getAuthority() + "\r\nAccept: */*\r\nAuthorization: Bearer "
              + Product.ADMIN_TOKEN + "\r\n\r\n").getBytes(StandardCharsets.UTF_8));
      assertThat(new String(caller.getInputStream().readNBytes(15), StandardCharsets.UTF_8)).startsWith("HTTP/1.1 200");
      caller.setSoLinger(true, 0);
    }
  }
}
