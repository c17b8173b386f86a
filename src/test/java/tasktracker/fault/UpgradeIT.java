package tasktracker.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nats.client.AuthenticationException;
import io.nats.client.Nats;
import io.nats.client.Options;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import tasktracker.harness.ProjectPaths;
import tasktracker.harness.Await;

/**
 * Upgrade to a release and rollback, with the sample chat. The previous release has a single database role and a broker
 * without a password.
 */
@Order(3)
class UpgradeIT {

  private static final String MIGRATION = "db/migration/V9001__notes_of_the_test.sql", UNDO = "db/undo/U9001__notes_of_the_test.sql";
  private static final String CONSOLE_PASSWORD = "kevin-and-the-console";
  private static final String SAYS_ITS_NAME = "src/main/resources/words/shell_en.properties";

  @Test
  void anUpgradeAndARollbackKeepEveryMessage() throws IOException {
    try (var here = Installation.make("upgrade")) {
      startsWithTheConsole(here);
      here.run("backup", "base").expect(0);
      var database = here.database();
      var before = Contents.of(database);
      assertThat(before.of()).containsKey("message").doesNotContainValue("0 rows, hash 0");
      assertThat(title(here)).contains("Task Tracker").doesNotContain("the second");
      theNextReleaseIsPublished(here);
      here.pull();
      assertThat(here.run("update-check").expect(0).said()).contains("pending  expand 9001 notes of the test", "one by one");
      refusesWhereItHasNoRoom(here, database, before);
      var moment = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
      upgrades(here, database, before);
      doesNothingTheSecondTime(here);
      comesBackAfterItWasKilled(here);
      refusesToGoBackAcrossAContract(here, database);
      refusesToGoBackAcrossAnEpoch(here);
      goesBack(here, database, before);
      bringsBackWhatTheReleaseBeforeHasBackedUp(here, database, before);
      bringsBackAMomentOfTheReleaseBefore(here, database, moment, before);
    }
  }

  /** Liberty's Admin Center, enabled by a setting: it is reachable for its user on its own port, and not on the product's. */
  private static void startsWithTheConsole(Installation here) {
    var port = String.valueOf(ProjectPaths.freePort());
    here.run(Map.of("ADMIN_CENTER", "true", "ADMIN_CENTER_PASSWORD", CONSOLE_PASSWORD, "ADMIN_CENTER_PORT", port), "run", "--demo",
        "--detach").expect(0);
    var console = "https://127.0.0.1:" + port;
    assertThat(here.status(console + "/adminCenter/login.jsp")).isEqualTo("200");
    assertThat(here.status(console + "/IBMJMXConnectorREST/", "-u", "liberty:" + CONSOLE_PASSWORD)).isEqualTo("200");
    assertThat(here.status(console + "/IBMJMXConnectorREST/", "-u", "liberty:another-password")).isEqualTo("401");
    assertThat(here.visitor().with("X-Forwarded-Proto", "https").get("/adminCenter/login.jsp").status()).isEqualTo(403);
    assertThat(here.visitor().get("/IBMJMXConnectorREST/").status()).isEqualTo(403);
  }

  private static void comesBackAfterItWasKilled(Installation here) throws IOException {
    var killed = ProjectPaths.text(here.file(".run/pid"));
    Installation.execute(here.file("."), Map.of(), "kill", "-9", killed.strip()).expect(0);
    Await.until("another server is ready", Duration.ofMinutes(4),
        () -> !ProjectPaths.text(here.file(".run/pid")).equals(killed) && here.isReady());
    assertThat(here.run("run", "status").expect(0).said()).contains("restarts  1 ", "after exit code 137")
        .doesNotContain("nobody starts it again");
    assertThat(openToOthers(here.file(".run"))).isEmpty();
  }

  /** What was written while the server ran; a release is no secret, and is closed off by the folder it is in. */
  private static List<Path> openToOthers(Path run) throws IOException {
    try (var files = Files.walk(run)) {
      return files
          .filter(file -> !file.startsWith(run.resolve("releases")) && !file.endsWith("built")
              && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || file.equals(run))
          .filter(UpgradeIT::isOpenToOthers).toList();
    }
  }

  private static boolean isOpenToOthers(Path file) {
    try {
      return !PosixFilePermissions.toString(Files.getPosixFilePermissions(file)).endsWith("------");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void theNextReleaseIsPublished(Installation here) throws IOException {
    here.takeTheProject();
    Files.writeString(here.upstream("src/main/resources/" + MIGRATION),
        "create table note_of_the_test (words text);\ninsert into note_of_the_test values ('here');\n");
    Files.writeString(here.upstream("src/main/resources/" + UNDO), "drop table note_of_the_test;\n");
    var words = here.upstream(SAYS_ITS_NAME);
    Files.writeString(words, Files.readString(words).replace("· Task Tracker", "· Task Tracker the second"));
    here.release("The second release");
  }

  private static void refusesWhereItHasNoRoom(Installation here, Jdbi database, Contents before) throws IOException {
    Files.writeString(here.file(".env"), "TELEGRAM_BOT_TOKNE=1\n");
    var refused = here.run(Map.of("UPGRADE_DISK_MB", "999999999"), "upgrade").expect(1);
    assertThat(refused.said()).contains("too little disk", "unknown setting TELEGRAM_BOT_TOKNE", "nothing was changed")
        .doesNotContain("backing up", "migrating");
    Files.delete(here.file(".env"));
    assertThat(notes(database)).as("the migration").isZero();
    assertThat(title(here)).doesNotContain("the second");
    assertThat(Contents.of(database)).isEqualTo(before);
  }

  private static void upgrades(Installation here, Jdbi database, Contents before) throws IOException {
    here.run("upgrade").expect(0);
    assertThat(title(here)).contains("Task Tracker the second");
    assertThat(notes(database)).isEqualTo(1);
    assertThat(Contents.of(database)).isEqualTo(before);
    hasARoleOfItsOwnAndABrokerWithAPassword(here, database);
    assertThat(here.run("backup", "list").expect(0).said().lines().filter(line -> line.startsWith("dump "))).hasSize(1);
    assertThat(Files.readString(here.file(".run/upgrades.log"))).as("what the log keeps, of both runs")
        .contains("too little disk", "done in", "backing up", "applied  9001", "ready at", "bin/rollback returns to")
        .doesNotContain("\u001b");
  }

  private static void doesNothingTheSecondTime(Installation here) throws IOException {
    var server = Files.readString(here.file(".run/pid"));
    assertThat(here.run("upgrade").expect(0).said()).contains("nothing to do");
    assertThat(Files.readString(here.file(".run/pid"))).isEqualTo(server);
  }

  private static void refusesToGoBackAcrossAContract(Installation here, Jdbi database) throws IOException {
    var third = aReleaseWithAContract(here);
    assertThat(here.run("update-check", "--load", third.toString()).expect(3).said()).contains("contract_the_notes".replace('_', ' '),
        "takes away");
    assertThat(here.run("update-check", "--load", anotherEpoch(here).toString()).expect(3).said()).contains("epoch 1, then 2");
    assertThat(here.run("update-check", "--load", "nowhere").expect(1).said()).contains("no new release in nowhere");
    here.run(Map.of("RELEASE_APPLICATION", third.toString()), "migrate", "apply").expect(0);
    assertThat(here.run("rollback").expect(1).said()).contains("not possible: these took away what the older release reads",
        "contract 9002");
    assertThat(title(here)).as("still the second").contains("the second");
    here.run(Map.of("RELEASE_APPLICATION", third.toString()), "migrate", "undo", "--yes").expect(0);
    assertThat(notes(database)).isZero();
  }

  private static Path aReleaseWithAContract(Installation here) throws IOException {
    var classes = copyOfTheBuild(here, "contract").resolve("WEB-INF/classes");
    Files.writeString(classes.resolve("db/migration/V9002__contract_the_notes.sql"), "delete from note_of_the_test;\n");
    Files.writeString(classes.resolve("db/undo/U9002__contract_the_notes.sql"),
        "-- loses: nothing, the notes are gone already\nselect 1;\n");
    return classes.getParent().getParent();
  }

  private static Path anotherEpoch(Installation here) throws IOException {
    var copy = copyOfTheBuild(here, "epoch");
    var facts = copy.resolve("WEB-INF/classes/build.properties");
    var text = Files.readString(facts).replace("epoch=1", "epoch=2");
    Files.delete(facts); // it is a link to the file of the build
    Files.writeString(facts, text);
    return copy;
  }

  /** As if the second release had raised it. */
  private static void refusesToGoBackAcrossAnEpoch(Installation here) throws IOException {
    var facts = here.file(".run/usr/servers/tasktracker/apps/task-tracker.war/WEB-INF/classes/build.properties");
    var text = Files.readString(facts);
    Files.writeString(facts, text.replace("epoch=1", "epoch=2"));
    for (var words : new String[][]{{}, {"--check"}}) {
      assertThat(here.run("rollback", words).expect(1).said())
          .contains("not possible: the two releases cannot work beside each other (epoch 2, then 1", "Restore the backup from before");
    }
    assertThat(title(here)).as("still the second").contains("the second");
    Files.writeString(facts, text);
  }

  private static Path copyOfTheBuild(Installation here, String name) {
    var copy = ProjectPaths.target("upgrade", name);
    Installation.execute(ProjectPaths.root(), Map.of(), "cp", "-al", here.file("target/task-tracker").toString(), copy.toString())
        .expect(0);
    return copy;
  }

  private static void goesBack(Installation here, Jdbi database, Contents before) throws IOException {
    assertThat(here.run("rollback", "--check").expect(0).said()).contains("stays    expand 9001", "possible");
    here.run("rollback").expect(0);
    assertThat(here.isReady()).isTrue();
    assertThat(title(here)).contains("Task Tracker").doesNotContain("the second");
    assertThat(hasNotes(database)).as("the schema stays").isTrue();
    assertThat(Contents.of(database)).isEqualTo(before);
    assertThat(Files.readString(here.file(".run/upgrades.log"))).contains("rollback: ");
    assertThat(isOpenToOthers(here.file(".run/upgrades.log"))).isFalse();
    assertThat(Files.readString(here.file(".run/restarts"))).as("an exchange is no crash").startsWith("1 ");
    assertThat(isConnectedToTheBroker(here)).as("the release before, which has the password in the address").isTrue();
    assertThat(rolesOfTheServer(database)).containsExactly("tasktracker");
  }

  private static void hasARoleOfItsOwnAndABrokerWithAPassword(Installation here, Jdbi database) {
    assertThat(rolesOfTheServer(database)).containsExactly("tasktracker_runtime");
    assertThat(database.<Boolean, RuntimeException>withHandle(sql -> sql.select("""
        select has_table_privilege('tasktracker_runtime', 'audit', 'INSERT')
          and not has_table_privilege('tasktracker_runtime', 'audit', 'UPDATE, DELETE, TRUNCATE, TRIGGER')""").mapTo(Boolean.class).one()))
        .isTrue();
    assertThat(isConnectedToTheBroker(here)).isTrue();
    var open = here.services().get("NATS_URL").replaceFirst("//.*@", "//");
    assertThatThrownBy(() -> Nats.connect(new Options.Builder().server(open).noReconnect().build()).close())
        .as("somebody without a password").isInstanceOf(AuthenticationException.class);
  }

  private static boolean isConnectedToTheBroker(Installation here) {
    Await.until("the broker is reached", Duration.ofSeconds(20),
        () -> here.visitor().get("/api/health").body().contains("\"broker\":\"up\""));
    return true;
  }

  private static List<String> rolesOfTheServer(Jdbi database) {
    return database.withHandle(sql -> sql.select("select distinct usename from pg_stat_activity where application_name = 'task-tracker'")
        .mapTo(String.class).list());
  }

  /** Of its time, with the one role for all and fewer migrations. */
  private static void bringsBackWhatTheReleaseBeforeHasBackedUp(Installation here, Jdbi database, Contents before) {
    var first = here.run("backup", "list").expect(0).said().lines().filter(line -> line.startsWith("dump ")).findFirst().orElseThrow()
        .split("\\s+")[1];
    here.run("run", "stop").expect(0);
    here.run("restore", first).expect(0);
    here.run("upgrade", "--no-backup").expect(0);
    assertThat(title(here)).contains("the second");
    assertThat(notes(database)).isEqualTo(1);
    assertThat(Contents.of(database)).isEqualTo(before);
    hasARoleOfItsOwnAndABrokerWithAPassword(here, database);
  }

  /** All of PostgreSQL comes back, so that the server's role is no longer there. */
  private static void bringsBackAMomentOfTheReleaseBefore(Installation here, Jdbi database, String moment, Contents before) {
    here.run("run", "stop").expect(0);
    here.run("restore", "--time", moment).expect(0);
    assertThat(notes(database)).as("at that moment").isZero();
    here.run("run", "--detach").expect(0);
    assertThat(Contents.of(database)).isEqualTo(before);
    hasARoleOfItsOwnAndABrokerWithAPassword(here, database);
  }

  private static String title(Installation here) {
    return here.visitor().with("Accept", "text/html").get("/sign-in").expect(200).body().replaceFirst("(?s).*<title>(.*?)</title>.*", "$1");
  }

  private static long notes(Jdbi database) {
    return hasNotes(database) ? database.withHandle(sql -> sql.select("select count(*) from note_of_the_test").mapTo(Long.class).one()) : 0;
  }

  private static boolean hasNotes(Jdbi database) {
    return database.withHandle(sql -> sql.select("select to_regclass('note_of_the_test') is not null").mapTo(Boolean.class).one());
  }

  /** Rows and a hash of what people wrote and of what they are let in by. */
  private record Contents(Map<String, String> of) {
    private static final Map<String, String> ROWS = Map.of(
        "message", "select id, source_id, chat_id, external_id, author_id, kind, content, content_hash, sent_at from message",
        "person", "select * from person", "chat", "select * from chat", "account", "select id, name, password_hash from account",
        "vectors", "select message_id from message_embedding", "scored", "select id from message where scored_at is not null");

    static Contents of(Jdbi database) {
      var found = new TreeMap<String, String>();
      database.useHandle(sql -> ROWS.forEach((name, rows) -> found.put(name, sql.select(
          "select count(*) || ' rows, hash ' || coalesce(sum(hashtextextended(t::text, 0)::numeric), 0) from (" + rows + ") t")
          .mapTo(String.class).one())));
      return new Contents(found);
    }
  }
}
