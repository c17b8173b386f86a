package tasktracker.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tasktracker.harness.ProjectPaths;
import tasktracker.harness.Await;

/** The supervisor of a native server, with shell scripts in place of the server and its services. */
class SupervisorTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String SERVES = "trap 'exit 143' TERM; echo \"Ready as $$\"; while :; do sleep 0.1; done";
  private static final String RUNS_OUT_OF_MEMORY = "echo 'java.lang.OutOfMemoryError: Java heap space'; exit 3";
  @TempDir Path here;
  private final List<Process> started = new ArrayList<>();

  @BeforeEach
  void install() throws IOException {
    for (var name : List.of("bin/lib/common.sh", "bin/lib/product.sh", "bin/lib/supervise", "bin/lib/keep-logs", "docker/app/logging",
        "docker/app/memory")) {
      Files.createDirectories(here.resolve(name).getParent());
      Files.copy(ProjectPaths.root().resolve(name), here.resolve(name), java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
    }
    script("bin/services", "exit 1");
    script("bin/lib/launch", SERVES);
  }

  @AfterEach
  void end() throws InterruptedException {
    for (var process : started) {
      process.destroy();
      assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void aServerThatIsKilledComesBackByItself() throws IOException {
    supervise(Map.of());
    long first = server();
    kill(first);
    Await.until("another server", PATIENCE, () -> server() != first);
    assertThat(log()).contains("the server ended with 137 (killed)", "restart 1 follows in 1 s", "Ready as " + first);
    assertThat(text("restarts")).startsWith("1 ").endsWith(" 137\n");
  }

  @Test
  void pausesDoubleUpToTheLongestAndNeverEnd() throws IOException {
    script("bin/lib/launch", RUNS_OUT_OF_MEMORY);
    supervise(Map.of("SUPERVISOR_LONGEST_PAUSE", "3"));
    awaitLog("restart 4 follows");
    assertThat(log()).contains("ended with 3 (out of memory)", "OutOfMemoryError", "restart 1 follows in 1 s",
        "restart 2 follows in 2 s", "restart 3 follows in 3 s", "restart 4 follows in 3 s");
  }

  @Test
  void aServerThatRanForLongIsStartedAgainAfterASecond() throws IOException {
    script("bin/lib/launch", RUNS_OUT_OF_MEMORY);
    supervise(Map.of("SUPERVISOR_HEALTHY_SECONDS", "0"));
    awaitLog("restart 3 follows");
    assertThat(log()).contains("restart 2 follows in 1 s", "restart 3 follows in 1 s");
  }

  @Test
  void toldToStopItEndsTheServerAndItself() throws Exception {
    var supervisor = supervise(Map.of());
    long server = server();
    supervisor.destroy();
    assertThat(supervisor.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(supervisor.exitValue()).isZero();
    assertThat(ProcessHandle.of(server)).isEmpty();
    assertThat(here.resolve(".run/pid")).doesNotExist();
  }

  @Test
  void whileAReleaseIsExchangedOnlyTheExchangeStartsAServer() throws IOException {
    var supervisor = supervise(Map.of());
    long first = server();
    var exchange = holdTheLock();
    kill(first);
    awaitLog("the server was stopped for an exchange");
    assertThat(log()).doesNotContain("restart 1");
    signal("USR1", supervisor.pid());
    Await.until("the server of the exchange", PATIENCE, () -> server() != first);
    long second = server();
    kill(second);
    Await.until("the second stop", PATIENCE, () -> log().split("stopped for an exchange", -1).length == 3);
    exchange.destroy(); // without having asked for a server
    Await.until("a server after an exchange that broke off", PATIENCE, () -> server() != second);
  }

  @Test
  void aServerThatRunsAlreadyIsTakenOver() throws IOException {
    Files.createDirectories(here.resolve(".run"));
    var orphan = start(Map.of(), here.resolve("bin/lib/launch").toString());
    Files.writeString(here.resolve(".run/pid"), orphan.pid() + "\n");
    supervise(Map.of());
    awaitLog("taking over the server that runs as process " + orphan.pid());
    kill(orphan.pid());
    Await.until("another server", PATIENCE, () -> server() != orphan.pid());
  }

  @Test
  void aDatabaseThatDiesIsStartedAgain() throws IOException {
    var database = start(Map.of(), "sleep", "1000");
    script("bin/services", """
        case "$*" in
          "pid postgres") cat '%1$s/database' ;;
          env) echo DATABASE_URL=the-same ;;
          revive) sleep 1000 > /dev/null 2>&1 & echo $! > '%1$s/database'; echo postgres ;;
          *) exit 1 ;;
        esac
        """.formatted(here));
    Files.writeString(here.resolve("database"), database.pid() + "\n");
    supervise(Map.of("SUPERVISOR_LOOK_SECONDS", "0"));
    long server = server();
    kill(database.pid());
    awaitLog("postgres had died and was started again");
    assertThat(server()).as("the server stays").isEqualTo(server);
    signal("KILL", Long.parseLong(ProjectPaths.text(here.resolve("database")).strip()));
  }

  @Test
  void logsAreReadableByTheirOwnerAlone() throws IOException {
    supervise(Map.of());
    kill(server());
    awaitLog("restart 1");
    assertThat(mode(".run")).isEqualTo("rwx------");
    for (var file : List.of("server.log", "supervisor.log", "restarts", "pid")) {
      assertThat(mode(".run/" + file)).as(file).isEqualTo("rw-------");
    }
  }

  private Process supervise(Map<String, String> settings) {
    return start(settings, here.resolve("bin/lib/supervise").toString());
  }

  private Process start(Map<String, String> settings, String... command) {
    try {
      var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(here.resolve("said").toFile());
      builder.environment().keySet().removeIf(name -> name.startsWith("RUN_") || name.startsWith("SUPERVISOR_"));
      builder.environment().putAll(new HashMap<>(settings));
      started.add(builder.start());
      return started.getLast();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Process holdTheLock() {
    var holder = start(Map.of(), "bash", "-c", "exec 9> '" + here.resolve(".run/upgrade.lock") + "'; flock 9; exec sleep 1000");
    Await.until("the lock is held", PATIENCE, () -> run("flock", "-n", here.resolve(".run/upgrade.lock").toString(), "true") != 0);
    return holder;
  }

  /** The process that serves, once it does. */
  private long server() {
    Await.until("a server", PATIENCE, () -> !text("pid").isBlank() && log("server.log").contains("Ready as " + text("pid").strip()));
    return Long.parseLong(text("pid").strip());
  }

  private static void kill(long process) {
    signal("KILL", process);
  }

  private static void signal(String signal, long process) {
    assertThat(run("kill", "-" + signal, String.valueOf(process))).isZero();
  }

  private static int run(String... command) {
    try {
      return new ProcessBuilder(command).start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private void awaitLog(String words) {
    BooleanSupplier said = () -> log().contains(words);
    Await.until(words, PATIENCE, said);
  }

  private String log() {
    return log("supervisor.log");
  }

  private String log(String name) {
    return text(name);
  }

  private String text(String name) {
    var file = here.resolve(".run").resolve(name);
    return Files.exists(file) ? ProjectPaths.text(file) : "";
  }

  private String mode(String name) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(here.resolve(name)));
  }

  private void script(String name, String text) throws IOException {
    var file = here.resolve(name);
    Files.createDirectories(file.getParent());
    Files.deleteIfExists(file);
    Files.writeString(file, "#!/bin/bash\n" + text + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
