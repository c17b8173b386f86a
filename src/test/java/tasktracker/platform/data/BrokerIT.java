package tasktracker.platform.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nats.client.AuthenticationException;
import io.nats.client.Connection;
import io.nats.client.ErrorListener;
import io.nats.client.Options;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.jupiter.api.Test;
import tasktracker.harness.ProjectPaths;
import tasktracker.harness.Services;
import tasktracker.harness.Await;

/** Authentication and permissions of the broker. */
class BrokerIT {

  private static final Duration SOON = Duration.ofSeconds(20);
  private static Services services;
  private static String url;

  @BeforeAll
  static void start() {
    services = Services.throwaway("broker");
    url = services.environment().get("NATS_URL");
  }

  @AfterAll
  static void stop() {
    services.close();
  }

  private static Connection connect(String address, ErrorListener errors) throws IOException, InterruptedException {
    return io.nats.client.Nats.connect(new Options.Builder().server(address).noReconnect().errorListener(errors).build());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "tasktracker:@", "tasktracker:guess@", "kevin:guess@", "guess@"})
  void aWrongPasswordIsRefused(String credentials) {
    String address = url.replaceFirst("//.*@", "//" + credentials);
    assertThatThrownBy(() -> connect(address, new ErrorListener() {}).close()).isInstanceOf(AuthenticationException.class);
  }

  @Test
  void theProductHasOnlyThePermissionsItNeeds() throws Exception {
    List<String> refused = new CopyOnWriteArrayList<>();
    var errors = new ErrorListener() {
      @Override
      public void errorOccurred(Connection from, String error) {
        refused.add(error);
      }
    };
    try (Connection product = connect(url, errors)) {
      product.publish("live.message", "1".getBytes(StandardCharsets.UTF_8));
      product.publish("jobs.bulk", "1".getBytes(StandardCharsets.UTF_8));
      product.flush(SOON);
      assertThat(refused).isEmpty();
      product.publish("other", "1".getBytes(StandardCharsets.UTF_8));
      product.subscribe("$SYS.>");
      product.subscribe(">");
      Await.until("three refusals", SOON, () -> refused.size() == 3);
      assertThat(refused).allMatch(error -> error.toLowerCase().contains("permissions violation"));
    }
  }

  /** The client itself gives up for good after two refusals. */
  @Test
  void aRefusedNodeReconnectsOnceThePasswordIsRight() throws Exception {
    NatsConnection nats = TestNats.connect(url);
    try {
      Await.until("the first connection", SOON, () -> nats.connection().isPresent());
      long before = refusals();
      password("NATSPASSWORD=", "NATSPASSWORD=another");
      Await.until("the node to be refused for good", SOON, () -> nats.connection().isEmpty() && refusals() >= before + 2);
      password("NATSPASSWORD=another", "NATSPASSWORD=");
      Await.until("the node to be let in", SOON, () -> nats.connection().isPresent());
    } finally {
      TestNats.close(nats);
    }
  }

  private static long refusals() {
    try (var lines = Files.lines(ProjectPaths.target("services", "broker", "nats", "server.log"))) {
      return lines.filter(line -> line.contains("authentication error")).count();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static void password(String before, String after) throws IOException {
    Path secrets = ProjectPaths.target("services", "broker", "secrets");
    Files.writeString(secrets, Files.readString(secrets).replace(before, after));
    services.start("nats");
  }

  @Test
  void theConfigurationIsReadableByTheBrokerOnly() throws IOException {
    assertThat(Files.getPosixFilePermissions(ProjectPaths.target("services", "broker", "nats", "nats.conf"))).hasSize(2);
    assertThat(Files.getPosixFilePermissions(ProjectPaths.target("services", "broker", "secrets"))).hasSize(2);
    String command = Files.readString(Path.of("/proc/" + services.pid("nats") + "/cmdline"));
    assertThat(command).contains("nats.conf").doesNotContain(url.replaceAll(".*:(.*)@.*", "$1"));
  }
}
