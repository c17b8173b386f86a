package tasktracker.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.nats.client.AuthenticationException;
import io.nats.client.Nats;
import io.nats.client.Options;
import jakarta.json.JsonObject;
import java.nio.file.Files;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tasktracker.harness.Await;

/**
 * Kevin's stack is of the release before, which had one role for all in the database and a broker that let everybody in.
 * He goes to the present release while people work, goes back, and comes back once more from a backup of that time.
 */
class UpgradedIT {
  private static final String NAME = "task-tracker-upgraded", IMAGE = "task-tracker:upgraded", BEFORE = "07a8159";
  private static final ComposeStack STACK = new ComposeStack(NAME, Map.of("TASK_TRACKER_IMAGE", IMAGE));

  @BeforeAll
  static void kevinDeployedTheReleaseBefore() {
    System.setProperty("jdk.httpclient.allowRestrictedHeaders", "connection");
    assumeTrue(STACK.takeRelease(BEFORE), "the history of this clone does not reach back to the release before");
    STACK.run("bin/setup-env").good();
    STACK.close();
    STACK.run("bin/image").good();
    STACK.up();
    STACK.trust();
    STACK.run("bin/data", "seed", "--compose").good();
  }

  /** {@code bin/test deploy} has built it already. */
  private static void namesThePresentRelease() {
    STACK.run("docker", "tag", "task-tracker:local", IMAGE).good();
  }

  @AfterAll
  static void kevinClearsUp() {
    if (Files.exists(STACK.file(".env"))) {
      STACK.close();
    }
    STACK.run("docker", "rmi", IMAGE, "task-tracker:previous-" + NAME);
  }

  @Test
  void theReleaseBeforeIsUpgradedRolledBackAndRestored() throws Exception {
    String session = signsIn();
    var before = Contents.of(database());
    STACK.run("bin/backup", "dump").good();
    String dump = STACK.run("bin/backup", "list").good().lines().filter(line -> line.startsWith("dump ")).findFirst().orElseThrow()
        .split("\\s+")[1];

    STACK.takeProject();
    namesThePresentRelease();
    String said = servesMeanwhile("bin/upgrade", "--compose", "--no-build");
    assertThat(said).contains("backing up", "bin/rollback --compose returns to task-tracker:previous-" + NAME);
    assertThat(Contents.of(database())).isEqualTo(before);
    hasARoleOfItsOwnAndABrokerWithAPassword();
    theProxyIsOfThisRelease();
    assertThat(isKnown(session)).as("a session of before").isTrue();
    signsIn();

    servesMeanwhile("bin/rollback", "--compose");
    assertThat(Contents.of(database())).isEqualTo(before);
    assertThat(rolesOfTheServer()).containsExactly("tasktracker");
    assertThat(isKnown(session)).as("a session of before").isTrue();

    STACK.run("docker", "compose", "--profile", "scale", "stop", "app", "node", "worker").good();
    STACK.run("bin/restore", dump).good();
    namesThePresentRelease();
    assertThat(STACK.run("bin/upgrade", "--compose", "--no-build", "--no-backup").good()).contains("starting all nodes");
    assertThat(Contents.of(database())).isEqualTo(before);
    hasARoleOfItsOwnAndABrokerWithAPassword();
    assertThat(isKnown(session)).as("a session of before").isTrue();
  }

  /** People read and Telegram delivers; nobody is turned away, nothing that was accepted is lost, its jobs are done. */
  private static String servesMeanwhile(String... command) throws InterruptedException {
    String said;
    var crowd = new LoadGenerator(STACK);
    try (crowd) {
      said = STACK.run(command).good();
    }
    assertThat(crowd.failures()).as(said).isEmpty();
    assertThat(crowd.accepted()).hasSizeGreaterThan(50);
    Await.until("all messages are judged", Duration.ofSeconds(60),
        () -> count("select count(*) from message where scored_at is null") == 0);
    assertThat(new HashSet<>(
        database().withHandle(sql -> sql.select("select content from message where content like 'Roll %'").mapTo(String.class).list())))
        .containsAll(crowd.accepted());
    assertThat(count("select count(*) from job where state = 'dead'")).isZero();
    assertThat(STACK.https().get("/api/health").expect(200).body()).contains("\"broker\":\"up\"", "\"workers\":\"up\"");
    return said;
  }

  private static void hasARoleOfItsOwnAndABrokerWithAPassword() {
    assertThat(rolesOfTheServer()).containsExactly("tasktracker_runtime");
    var checks = STACK.program().get("/api/v1/system/checks").expect(200).json().getJsonArray("checks").getValuesAs(JsonObject.class);
    assertThat(checks).filteredOn(check -> check.getString("id").equals("role")).extracting(check -> check.getString("state"))
        .containsExactly("ok");
    var open = new Options.Builder().server("nats://127.0.0.1:" + STACK.port("NATS_PORT")).noReconnect().build();
    assertThatThrownBy(() -> Nats.connect(open).close()).isInstanceOf(AuthenticationException.class);
    Await.until("the broker is reached", Duration.ofSeconds(20),
        () -> STACK.https().get("/api/health").body().contains("\"broker\":\"up\""));
  }

  /** Its rules come with the release, in files that its container reads at its start. */
  private static void theProxyIsOfThisRelease() {
    assertThat(STACK.program().post("/ingestion/upload", " ".repeat(3 << 20)).status()).as("an upload of 3 MB").isNotEqualTo(413);
    assertThat(STACK.run("docker", "exec", NAME + "-nginx", "nginx", "-T").good()).contains("proxy_set_header Forwarded \"\"");
  }

  /** The value of the session's cookie. */
  private static String signsIn() {
    var page = STACK.https().with("Accept", "text/html").get("/sign-in").expect(200);
    var fields = new HashMap<>(Map.of("name", "admin", "password", STACK.secret("ADMIN_PASSWORD")));
    // The release before asked for a token of its form.
    Pattern.compile("<input[^>]*type=\"hidden\"[^>]*name=\"([^\"]+)\"[^>]*value=\"([^\"]*)\"").matcher(page.body()).results()
        .forEach(field -> fields.put(field.group(1), field.group(2)));
    var cookies = String.join("; ",
        page.response().headers().allValues("Set-Cookie").stream().map(cookie -> cookie.replaceFirst(";.*", "")).toList());
    String url = "https://localhost:" + STACK.port("HTTPS_PORT");
    var answer = STACK.https().with("Cookie", cookies).with("Accept", "text/html").with("Origin", url).form("/sign-in", fields).expect(303);
    return answer.response().headers().allValues("Set-Cookie").stream().map(Pattern.compile("[^;=]*tt_session=[^;]+")::matcher)
        .flatMap(cookie -> cookie.results().map(MatchResult::group)).findFirst().orElseThrow();
  }

  private static boolean isKnown(String session) {
    return STACK.https().with("Cookie", session).answers("/api/v1/me");
  }

  private static Jdbi database() {
    return Jdbi.create("jdbc:postgresql://127.0.0.1:" + STACK.port("POSTGRES_PORT") + "/tasktracker", "tasktracker",
        STACK.secret("DATABASE_PASSWORD"));
  }

  private static long count(String question) {
    return database().withHandle(sql -> sql.select(question).mapTo(Long.class).one());
  }

  private static List<String> rolesOfTheServer() {
    return database().withHandle(sql -> sql.select("select distinct usename from pg_stat_activity where application_name = 'task-tracker'")
        .mapTo(String.class).list());
  }

  /** Rows and a hash of what was there before the upgrade: all but the chat that Telegram goes on with. */
  private record Contents(Map<String, String> of) {
    private static final String OTHERS = "chat_id not in (select id from chat where title = 'Deployed')";
    private static final Map<String, String> ROWS = Map.of(
        "message",
        "select id, source_id, chat_id, external_id, author_id, kind, content, content_hash, sent_at from message where " + OTHERS,
        "person", "select p.* from person p where id in (select author_id from message where " + OTHERS + ")",
        "chat", "select id, title from chat where title <> 'Deployed'", "account", "select id, name, password_hash from account",
        "vectors", "select message_id from message_embedding join message m on m.id = message_id where m." + OTHERS,
        "scored", "select id from message where scored_at is not null and " + OTHERS, "token", "select id, name from api_token");

    static Contents of(Jdbi database) {
      var found = new TreeMap<String, String>();
      database.useHandle(sql -> ROWS.forEach((name, rows) -> found.put(name, sql.select(
          "select count(*) || ' rows, hash ' || coalesce(sum(hashtextextended(t::text, 0)::numeric), 0) from (" + rows + ") t")
          .mapTo(String.class).one())));
      return new Contents(found);
    }
  }
}
