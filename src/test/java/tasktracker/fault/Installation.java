package tasktracker.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Jdbi;
import tasktracker.harness.Api;
import tasktracker.harness.ClassDataCache;
import tasktracker.harness.ProjectPaths;

/**
 * An installation of the product: a clone below {@code target}, run by its own scripts, with its own services. It pulls
 * from a repository that the test creates from the previous release and the project's files.
 */
final class Installation implements AutoCloseable {
  /** The last release with one role for all in the database, and a broker that let everybody in. */
  private static final String BEFORE = "07a8159";
  private static final String SETTINGS = "(DATABASE|NATS|PG|SERVICES|ADMIN|TELEGRAM|HTTP|BACKUP|GIT|RUN|LOG|WLP)_?.*";
  private final Path upstream;
  private final Path here;
  private final Map<String, String> settings;
  private final String url;

  /** Output and exit code of a script. */
  record Outcome(int code, String said) {
    Outcome expect(int wished) {
      assertThat(code).as(said).isEqualTo(wished);
      return this;
    }
  }

  private Installation(Path folder) throws IOException {
    int port = ProjectPaths.freePort();
    upstream = folder.resolve("upstream");
    here = folder.resolve("here");
    url = "http://127.0.0.1:" + port;
    settings = Map.of("HTTP_PORT", String.valueOf(port), "SERVICES_ROOT", packages(), "JAVA_HOME", System.getProperty("java.home"),
        "JVM_ARGS", ClassDataCache.used(),
        "SERVICES_PG_PORT", String.valueOf(ProjectPaths.freePort()), "SERVICES_NATS_PORT", String.valueOf(ProjectPaths.freePort()));
  }

  /** With the release before for its first one, where the project's history has it; nothing is built or started. */
  static Installation make(String name) throws IOException {
    var folder = ProjectPaths.target(name);
    execute(ProjectPaths.root(), Map.of(), "rm", "-rf", folder.toString()).expect(0);
    var made = new Installation(Files.createDirectories(folder));
    execute(folder, Map.of(), "git", "init", "-q", "-b", "main", made.upstream.toString()).expect(0);
    made.copyTheReleaseBefore();
    made.release("The first release");
    execute(folder, Map.of(), "git", "clone", "-q", "upstream", "here").expect(0);
    return made;
  }

  /** PostgreSQL and NATS are those that the other tests use. */
  private static String packages() {
    var place = execute(ProjectPaths.root(), Map.of("SERVICES_DIR", ProjectPaths.target("services", "upgrade").toString()), "bin/services",
        "place");
    var programs = place.expect(0).said().lines().filter(line -> line.startsWith("PGBIN=")).findFirst().orElseThrow();
    return programs.substring("PGBIN=".length()).replaceFirst("/usr/lib/postgresql/.*", "");
  }

  private void copyTheReleaseBefore() throws IOException {
    if (execute(ProjectPaths.root(), Map.of(), "git", "cat-file", "-e", BEFORE + "^{commit}").code() == 0) {
      execute(ProjectPaths.root(), Map.of(), "bash", "-o", "pipefail", "-c", "git archive \"$0\" | tar -x -C \"$1\"", BEFORE,
          upstream.toString()).expect(0);
    } else {
      copyProject();
    }
  }

  /** The next release has the project's files as they are now, and no others. */
  void takeTheProject() throws IOException {
    execute(upstream, Map.of(), "git", "rm", "-rq", ".").expect(0);
    copyProject();
  }

  private void copyProject() throws IOException {
    var names = execute(ProjectPaths.root(), Map.of(), "git", "ls-files", "--cached", "--others", "--exclude-standard").expect(0).said();
    for (var name : names.lines().toList()) {
      var from = ProjectPaths.root().resolve(name);
      if (Files.exists(from)) {
        Files.createDirectories(upstream.resolve(name).getParent());
        Files.copy(from, upstream.resolve(name), StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
  }

  /** A file of the next release. */
  Path upstream(String file) {
    return upstream.resolve(file);
  }

  /** What was changed upstream is a release now. */
  void release(String words) {
    execute(upstream, Map.of(), "git", "add", "-A").expect(0);
    execute(upstream, Map.of(), "git", "-c", "user.name=Olena", "-c", "user.email=olena@example.org", "commit", "-q", "-m", words)
        .expect(0);
  }

  void pull() {
    execute(here, Map.of(), "git", "pull", "-q").expect(0);
  }

  Path file(String name) {
    return here.resolve(name);
  }

  /** Runs one of the scripts in bin. */
  Outcome run(String script, String... words) {
    return run(Map.of(), script, words);
  }

  Outcome run(Map<String, String> more, String script, String... words) {
    var all = new java.util.HashMap<>(settings);
    all.putAll(more);
    var command = new ArrayList<>(List.of("bin/" + script));
    command.addAll(List.of(words));
    return execute(here, all, command.toArray(String[]::new));
  }

  static Outcome execute(Path folder, Map<String, String> settings, String... command) {
    try {
      var said = Files.createTempFile("said", ".txt");
      var builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).redirectOutput(said.toFile());
      builder.environment().keySet().removeIf(name -> name.matches(SETTINGS));
      builder.environment().putAll(settings);
      var begun = Instant.now();
      var process = builder.start();
      if (!process.waitFor(8, TimeUnit.MINUTES)) {
        process.destroy();
        throw new AssertionError(String.join(" ", command) + " takes longer than 8 minutes:\n" + Files.readString(said));
      }
      var outcome = new Outcome(process.exitValue(), Files.readString(said));
      tell(command, outcome, Duration.between(begun, Instant.now()));
      Files.delete(said);
      return outcome;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Output for failure messages, without that of services, which contains their password. */
  private static void tell(String[] command, Outcome outcome, Duration time) {
    if (!command[0].equals("bin/services")) {
      System.out.println(
          "$ " + String.join(" ", command) + "\n" + outcome.said() + "exit " + outcome.code() + " after " + time.toSeconds() + " s");
    }
  }

  /** What an address with a certificate of its own answers. */
  String status(String url, String... options) {
    var command = new ArrayList<>(List.of("curl", "-sk", "-o", "/dev/null", "-w", "%{http_code}", url));
    command.addAll(List.of(options));
    return execute(here, Map.of(), command.toArray(String[]::new)).expect(0).said();
  }

  Api visitor() {
    return new Api(url, Map.of());
  }

  boolean isReady() {
    return visitor().answers("/health/ready");
  }

  /** Settings that bin/services prints. */
  Map<String, String> services() {
    return run("services", "env").expect(0).said().lines().map(line -> line.split("=", 2))
        .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
  }

  Jdbi database() {
    var env = services();
    return Jdbi.create(env.get("DATABASE_URL"), env.get("DATABASE_USER"), env.get("DATABASE_PASSWORD"));
  }

  @Override
  public void close() {
    run("run", "stop").expect(0);
  }
}
