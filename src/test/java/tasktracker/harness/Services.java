package tasktracker.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Jdbi;

/**
 * PostgreSQL and NATS for tests, from {@code bin/services}, below {@code target/services}. Fault tests use durable
 * services; for others fsync is off.
 */
public final class Services implements AutoCloseable {
  private static final Path SCRIPT = ProjectPaths.root().resolve("bin/services");
  private final Path state;
  private final boolean throwaway;

  private Services(String name, boolean throwaway) {
    this.state = ProjectPaths.folder("services", name);
    this.throwaway = throwaway;
  }

  /** Empty, and as safe as in earnest. */
  public static Services durable(String name) {
    return new Services(name, false).fresh();
  }

  /** Empty, and quick. */
  public static Services throwaway(String name) {
    return new Services(name, true).fresh();
  }

  private Services fresh() {
    run("wipe", "postgres");
    run("wipe", "nats");
    state.resolve("settings").toFile().delete(); // Ports of an earlier run may be in use by other programs.
    run("up");
    return this;
  }

  /** Starts "postgres" or "nats" and waits until it is healthy. */
  public void start(String service) {
    run("up", service);
  }

  /** As an administrator stops "postgres" or "nats". */
  public void stop(String service) {
    run("down", service);
  }

  /** As a power cut would stop it. */
  public void cut(String service) {
    run("down", service, "--now");
  }

  /** Suspends PostgreSQL with its connections open, as on a machine whose disk hangs. */
  public void freeze() {
    ProcessSignals.freeze(postgres());
  }

  /** After {@link #freeze}. */
  public void thaw() {
    ProcessSignals.thaw(postgres());
  }

  private long postgres() {
    return Long.parseLong(run("pid", "postgres").strip());
  }

  /** Stops it and deletes all it kept. */
  public void wipe(String service) {
    run("wipe", service);
  }

  /** The process that serves "postgres" or "nats". */
  public long pid(String service) {
    return Long.parseLong(run("pid", service).strip());
  }

  /** DATABASE_URL, its owner and the server's role, PGUSER (who may do everything), NATS_URL and more. */
  public Map<String, String> environment() {
    var variables = new HashMap<String, String>();
    run("env").lines().map(line -> line.split("=", 2)).forEach(pair -> variables.put(pair[0], pair[1]));
    return variables;
  }

  /** The database, as its administrator sees it: a session of its own for each handle. */
  public Jdbi database() {
    var env = environment();
    return Jdbi.create(env.get("DATABASE_URL"), env.get("PGUSER"), env.get("PGPASSWORD"));
  }

  /** The same with the role that the server works with. */
  public Jdbi databaseOfTheServer() {
    var env = environment();
    return Jdbi.create(env.get("DATABASE_URL"), env.get("DATABASE_RUNTIME_USER"), env.get("DATABASE_RUNTIME_PASSWORD"));
  }

  @Override
  public void close() {
    run("down", "--now");
  }

  private String run(String... words) {
    try {
      return answer(words);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private String answer(String... words) throws IOException, InterruptedException {
    var log = state.resolve("services.err").toFile();
    var process = script(words).redirectError(log).start();
    var output = new String(process.getInputStream().readAllBytes());
    if (!process.waitFor(3, TimeUnit.MINUTES) || process.exitValue() != 0) {
      throw new IllegalStateException("bin/services " + Arrays.toString(words) + " failed, see " + log);
    }
    return output;
  }

  private ProcessBuilder script(String... words) {
    var command = new ArrayList<>(List.of(SCRIPT.toString()));
    command.addAll(List.of(words));
    var builder = new ProcessBuilder(command);
    builder.environment().put("SERVICES_DIR", state.toString());
    // Test runs beside each other would all begin to look at the same number. Later calls remember the first answer.
    builder.environment().put("SERVICES_PG_PORT", String.valueOf(ProjectPaths.freePort()));
    builder.environment().put("SERVICES_NATS_PORT", String.valueOf(ProjectPaths.freePort()));
    // An empty value disables it: settings that bin/test passes to its own services must not apply to durable ones.
    builder.environment().put("SERVICES_THROWAWAY", throwaway ? "1" : "");
    return builder;
  }
}
