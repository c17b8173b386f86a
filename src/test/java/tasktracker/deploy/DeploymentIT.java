package tasktracker.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nats.client.AuthenticationException;
import io.nats.client.Nats;
import io.nats.client.Options;
import jakarta.json.JsonObject;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import tasktracker.harness.Await;

/** Deployment with Docker Compose, and scaling and restarts under load. */
@TestMethodOrder(OrderAnnotation.class)
class DeploymentIT {
  /** The releases before and after the upgrade. */
  private static final String PREVIOUS = "task-tracker:previous-" + ComposeStack.NAME, NEXT = "task-tracker:next-" + ComposeStack.NAME;
  private static ComposeStack stack;
  private static Duration start;

  @BeforeAll
  static void kevinDeploys() throws Exception {
    // Each request of a crowd has a connection of its own: said before the client's class is read.
    System.setProperty("jdk.httpclient.allowRestrictedHeaders", "connection");
    stack = new ComposeStack();
    stack.run("bin/setup-env").good();
    stack.close(); // what is left of a run that was broken off: its data was made with other passwords
    long begun = System.nanoTime();
    stack.up();
    start = Duration.ofNanos(System.nanoTime() - begun);
    stack.trust();
  }

  @AfterAll
  static void kevinClearsUp() {
    stack.close();
    stack.run("docker", "rmi", PREVIOUS, NEXT);
  }

  private static void measured(String what, Object figure) {
    System.Logger log = System.getLogger(DeploymentIT.class.getName());
    log.log(System.Logger.Level.INFO, "MEASURED {0}: {1}", what, String.valueOf(figure));
  }

  /** A minute on a machine of its own; longer in proportion where more wants to run than there are processors. */
  @Test
  @Order(1)
  void everythingIsHealthyWithinAMinute() {
    var system = ManagementFactory.getOperatingSystemMXBean();
    double busy = Math.max(1, system.getSystemLoadAverage() / system.getAvailableProcessors());
    measured("seconds from docker compose up to all healthy",
        start.toSeconds() + ", with so many times the work the machine can do: " + busy);
    assertThat(start.toSeconds()).isLessThan((long) (60 * busy));
    assertThat(stack.inspect("{{.Name}} {{if .State.Health}}{{.State.Health.Status}}{{else}}unwatched{{end}}")).hasSize(5)
        .allMatch(line -> line.endsWith(" healthy"));
  }

  @Test
  @Order(2)
  void secretsAreReadableByTheirOwnerOnly() throws Exception {
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(stack.file(".env")))).isEqualTo("rw-------");
    var before = Files.readString(stack.file(".env"));
    stack.run("bin/setup-env").good();
    assertThat(Files.readString(stack.file(".env"))).isEqualTo(before);
  }

  @Test
  @Order(3)
  void theProxyServesTheProductOverTls() {
    assertThat(stack.http().get("/nginx-health").expect(200).body()).startsWith("healthy");
    assertThat(stack.https().get("/dashboard").expect(302).header("Location")).contains("/");
    var page = stack.https().with("Accept", "text/html").get("/sign-in").expect(200);
    assertThat(page.body()).contains("<html");
    assertThat(page.header("Strict-Transport-Security")).isPresent();
    var preferred = stack.https().form("/preferences", Map.of("theme", "dark")).expect(303);
    assertThat(preferred.header("Set-Cookie").orElse("")).contains("Secure");
    assertThat(stack.http().get("/sign-in").header("Strict-Transport-Security")).isEmpty();
    assertThat(stack.https().get("/api/health").expect(200).json().getString("status")).isEqualTo("ok");
    assertThat(stack.https().with("X-Request-ID", "kevin-asks-12345").get("/api/health").header("X-Request-ID"))
        .contains("kevin-asks-12345");
  }

  @Test
  @Order(4)
  void operatorEndpointsAreNotPublic() {
    assertThat(stack.https().get("/metrics").status()).isEqualTo(404);
    assertThat(stack.https().get("/health/ready").status()).isEqualTo(404);
    assertThat(stack.program().post("/api/v1/messages", " ".repeat(3 << 20)).status()).isEqualTo(413);
    var broker = new Options.Builder().server("nats://127.0.0.1:" + stack.port("NATS_PORT")).noReconnect().build();
    assertThatThrownBy(() -> Nats.connect(broker).close()).isInstanceOf(AuthenticationException.class);
    assertThat(stack.run("docker", "top", ComposeStack.NAME + "-nats", "-eo", "pid,args").good()).contains("nats")
        .doesNotContain(stack.secret("NATS_PASSWORD"));
    assertThat(stack.run("docker", "exec", ComposeStack.NAME + "-app", "printenv", "DATABASE_ADMIN_PASSWORD").text())
        .as("the superuser's secret").isBlank();
  }

  @Test
  @Order(4)
  void forwardedHeadersOfClientsAreIgnored() {
    String id = "stranger-" + System.nanoTime();
    var stranger = stack.https().with("X-Request-ID", id);
    for (String header : List.of("Forwarded", "X-Forwarded-For", "X-Real-IP", "X-Forwarded-Host")) {
      stranger = stranger.with(header, header.equals("Forwarded") ? "for=203.0.113.9" : "203.0.113.9");
    }
    stranger.form("/sign-in", Map.of("name", "nobody", "password", "x")).expect(401);
    var row = stack.program().get("/api/v1/audit?action=sign_in.refused&limit=50").expect(200).json().getJsonArray("items").stream()
        .map(item -> item.asJsonObject()).filter(item -> item.getString("request_id").equals(id)).findFirst().orElseThrow();
    assertThat(row.getString("address")).isNotEmpty().isNotEqualTo("203.0.113.9");
  }

  @Test
  @Order(4)
  void aCompressedBodyIsRefusedBehindTheProxyToo() {
    assertThat(stack.https().with("Content-Encoding", "gzip").form("/sign-in", Map.of("name", "x".repeat(1000))).status()).isEqualTo(415);
  }

  @Test
  @Order(4)
  void aStrayPercentSignInAPathIsRefusedInOurWords() {
    var proxy = tasktracker.harness.RawHttp.to("http://127.0.0.1:" + stack.port("NGINX_PORT"));
    var page = proxy.send("GET", "/messages/%", Map.of("Accept", "text/html"));
    assertThat(page.status()).isEqualTo(400);
    assertThat(page.header("Content-Type")).contains("text/html; charset=utf-8");
    assertThat(page.body()).contains("Task Tracker", "could not be read", "Знак відсотка").doesNotContain("nginx");
    var problem = proxy.send("GET", "/api/v1/messages/%zz", Map.of());
    assertThat(problem.status()).isEqualTo(400);
    assertThat(problem.header("Content-Type")).contains("application/problem+json");
    assertThat(problem.body()).contains("\"status\":400", "not accepted");
  }

  @Test
  @Order(5)
  void aMessageFromTheWebhookIsSeenLiveThroughTheProxy() {
    try (var socket = stack.socket("/ws?topics=messages")) {
      socket.await("the welcome", frame -> frame.contains("\"connection\""));
      stack.telegram().post("/webhook/telegram", LoadGenerator.update(9_000_001)).expect(200);
      socket.await("the message", frame -> frame.contains("\"message.new\"") && frame.contains("Roll 9000001"));
    }
  }

  @Test
  @Order(6)
  void limitsAreWithinFourProcessorsAndFourGigabytes() {
    var memory = stack.inspect("{{.HostConfig.Memory}}").stream().mapToLong(Long::parseLong).toArray();
    var processors = stack.inspect("{{.HostConfig.NanoCpus}}").stream().mapToLong(Long::parseLong).toArray();
    assertThat(memory).doesNotContain(0);
    assertThat(processors).doesNotContain(0);
    assertThat(java.util.Arrays.stream(memory).sum()).isLessThanOrEqualTo(4L << 30);
    assertThat(java.util.Arrays.stream(processors).sum()).isLessThanOrEqualTo(4_000_000_000L);
    assertThat(stack.inspect("{{.Name}} {{.HostConfig.ReadonlyRootfs}} {{.Config.User}}"))
        .contains("/" + ComposeStack.NAME + "-app true 10001:10001");
  }

  @Test
  @Order(7)
  void theIdleStackFitsInOnePointTwoGigabytes() {
    var lines = stack.run("docker", "stats", "--no-stream", "--format", "{{.Name}} {{.MemUsage}}").good().lines()
        .filter(line -> line.startsWith(ComposeStack.NAME)).toList();
    double sum = lines.stream().mapToDouble(line -> mebibytes(line.split(" ")[1])).sum();
    measured("MiB of the idle stack", sum + " " + lines);
    assertThat(sum).isBetween(100.0, 1144.0);
  }

  @Test
  @Order(8)
  void itsOwnChecksFindNothingWrong() {
    var checks = stack.program().get("/api/v1/system/checks").expect(200).json().getJsonArray("checks").getValuesAs(JsonObject.class);
    assertThat(checks).hasSizeGreaterThan(20);
    // Nothing is backed up in the first minute.
    assertThat(checks).filteredOn(check -> !check.getString("state").equals("ok")).extracting(check -> check.getString("id"))
        .isSubsetOf("backups");
  }

  private static double mebibytes(String text) {
    double number = Double.parseDouble(text.replaceAll("[A-Za-z]+", ""));
    return text.endsWith("GiB") ? number * 1024 : text.endsWith("KiB") ? number / 1024 : number;
  }

  @Test
  @Order(9)
  void placeholdersStartNothing() {
    var empty = stack.runWith(Map.of("DATABASE_PASSWORD", ""), "docker", "compose", "config", "-q");
    assertThat(empty.code()).isNotZero();
    assertThat(empty.text()).contains("DATABASE_PASSWORD").contains("bin/setup-env");
    assertThat(stack.runWith(Map.of("APP_MEMORY", "plenty"), "docker", "compose", "config", "-q").code()).as("no size").isNotZero();
    assertThat(stack.runWith(Map.of("APP_MEMORY", "2g", "APP_HEAP", "1g"), "docker", "compose", "config").good())
        .contains("memory: \"2147483648\"", "APP_HEAP: 1g");
    var known = stack.run("docker", "compose", "run", "--rm", "--no-deps", "-T", "-e", "POSTGRES_PASSWORD=changeme", "postgres", "true");
    assertThat(known.code()).isEqualTo(78);
    assertThat(known.text()).contains("POSTGRES_PASSWORD is a placeholder").contains("bin/setup-env");
    assertThat(stack.run("docker", "compose", "run", "--rm", "--no-deps", "-T", "-e", "NATS_PASSWORD=changeme", "nats").code())
        .isEqualTo(78);
  }

  @Test
  @Order(9)
  void aDatabaseOfKevinsCompanyTakesThePlaceOfTheStacksOwn() {
    var own = Map.of("COMPOSE_FILE", "compose.yml:compose.own-database.yml", "DATABASE_URL", "jdbc:postgresql://db.example:5432/theirs");
    assertThat(stack.runWith(own, "docker", "compose", "config", "--services").good().lines()).containsExactlyInAnyOrder("app", "nats",
        "nginx", "certificate");
    assertThat(stack.runWith(own, "docker", "compose", "config").good()).contains("DATABASE_URL: jdbc:postgresql://db.example:5432/theirs",
        "DATABASE_RUNTIME_USER: \"\"");
    assertThat(stack.runWith(Map.of("COMPOSE_FILE", own.get("COMPOSE_FILE")), "docker", "compose", "config", "-q").text())
        .contains("DATABASE_URL", "docs/deploy.md");
  }

  @Test
  @Order(10)
  void aRollbackAcrossAnEpochIsRefused() {
    release(PREVIOUS, 0);
    try {
      var refused = stack.run("bin/rollback", "--compose", "--check");
      assertThat(refused.code()).as(refused.text()).isEqualTo(1);
      assertThat(refused.text()).contains("not possible: the two releases cannot work beside each other (epoch 1, then 0");
    } finally {
      stack.run("docker", "rmi", PREVIOUS);
    }
  }

  /** An image that is the present one, but for its epoch. */
  private static void release(String image, int epoch) {
    var facts = "/opt/wlp/usr/servers/tasktracker/apps/task-tracker.war/WEB-INF/classes/build.properties";
    stack.run("bash", "-c",
        "printf 'FROM task-tracker:local\nUSER 0\nRUN sed -i s/epoch=1/epoch=%d/ %s\nUSER 10001:10001\n' | DOCKER_BUILDKIT=0 docker build -q -t %s -"
            .formatted(epoch, facts, image))
        .good();
  }

  @Test
  @Order(11)
  void scalingAndRestartsLoseNoRequest() throws Exception {
    try (var follower = new ReconnectingSubscriber(stack)) {
      Await.until("the follower listens", Duration.ofSeconds(20), follower::isConnected);
      var crowd = new LoadGenerator(stack);
      try (crowd) {
        stack.run("bin/scale", "2").good();
        stack.run("bin/restart").good();
        stack.run("bin/scale", "1").good();
      }
      measured("requests while nodes came, restarted and went", crowd.asked() + ", failed " + crowd.failures().size()
          + ", messages " + crowd.accepted().size() + ", sockets closed with " + follower.closed());
      assertThat(crowd.failures()).isEmpty();
      assertThat(crowd.accepted()).hasSizeGreaterThan(50);
      Await.forValue("messages that were not heard of", Duration.ofSeconds(20), () -> {
        var unheard = new TreeSet<>(crowd.accepted());
        unheard.removeAll(follower.heard());
        return unheard;
      }, TreeSet::isEmpty);
      assertThat(follower.hasLostCount()).isFalse();
      assertThat(follower.closed()).isNotEmpty().containsOnly(1012);
    }
  }

  /** The two cannot work beside each other: all nodes stop, and as many start again. */
  @Test
  @Order(12)
  void anUpgradeAcrossAnEpochReplacesAllNodesOnce() {
    stack.run("bin/scale", "2").good();
    int messages = messages();
    release(NEXT, 2);
    var next = Map.of("TASK_TRACKER_IMAGE", NEXT);
    assertThat(stack.runWith(next, "bin/upgrade", "--compose", "--no-build", "--no-backup").good())
        .contains("all nodes stop", "starting all nodes", NEXT + " is in use");
    assertThat(nodes()).hasSize(2).containsOnly(NEXT + " healthy");
    assertThat(messages()).isEqualTo(messages).isPositive();
    assertThat(stack.runWith(next, "bin/upgrade", "--compose", "--no-build", "--no-backup").good()).contains("nothing to do");
    assertThat(stack.runWith(next, "bin/rollback", "--compose").text()).contains("epoch 2, then 1");
  }

  private static int messages() {
    return stack.program().get("/api/v1/pipeline").expect(200).json().getInt("messages");
  }

  private static List<String> nodes() {
    return stack.inspect("{{.Config.Image}} {{if .State.Health}}{{.State.Health.Status}}{{end}}").stream()
        .filter(line -> line.startsWith("task-tracker:") && !line.contains("backup")).toList();
  }
}
