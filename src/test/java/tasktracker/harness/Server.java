package tasktracker.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Open Liberty with the product in it, as a process that can be stopped, paused and killed. Each has a folder of its
 * own for logs and work; the configuration and the application are those that Maven has just made.
 */
final class Server {
  private static final Path WORK = Path.of("tasktracker", "workarea");
  private static final Path LIBERTY = ProjectPaths.target("liberty", "wlp");
  private final Path output;
  private final Map<String, String> settings;
  private Process process;
  private long saidBefore;

  Server(String name, Map<String, String> settings) {
    this.output = ProjectPaths.folder("server", name);
    this.settings = settings;
  }

  /** Where the server of that name keeps what it found out. */
  static Path work(String name) {
    return ProjectPaths.target("server", name).resolve(WORK);
  }

  void start() {
    try {
      ClassDataCache.lendWork(output.resolve(WORK));
      saidBefore = Files.exists(log()) ? Files.size(log()) : 0;
      process = command().start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ProcessBuilder command() throws IOException {
    var builder = new ProcessBuilder(ProjectPaths.root().resolve("docker/app/serve").toString(), LIBERTY.toString());
    var env = builder.environment();
    env.put("JAVA_HOME", System.getProperty("java.home"));
    env.put("WLP_USER_DIR", ServerFiles.userFolder().toString());
    env.put("WLP_OUTPUT_DIR", output.toString());
    env.put("JVM_ARGS", ClassDataCache.used());
    env.putAll(settings);
    env.values().removeIf(String::isEmpty); // those that tests themselves were started with too
    return builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
  }

  Path log() {
    return output.resolve("console.log");
  }

  boolean isAlive() {
    return process != null && process.isAlive();
  }

  /** kill -9: nothing is finished, nothing is written. */
  void kill() {
    process.destroyForcibly();
    awaitEnd();
  }

  /** SIGTERM: as an administrator stops it. */
  void stop() {
    process.destroy();
    awaitEnd();
  }

  /** Tests whose subject it is ask for less: here one server also writes down its classes, on a busy machine. */
  private void awaitEnd() {
    try {
      if (!process.waitFor(180, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IllegalStateException("The server did not stop within 180 s");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Waits until this passes, or fails at once with the end of the log when the server has died. */
  void awaitReady(Duration atMost, java.util.function.BooleanSupplier ready) {
    Await.until("server ready, see " + log(), atMost, () -> {
      if (!isAlive()) {
        throw new AssertionError("The server ended while starting:\n" + tail());
      }
      return ready.getAsBoolean();
    });
  }

  /** Memory of the process that is really in use. */
  long residentMegabytes() {
    try {
      return Files.readAllLines(Path.of("/proc", String.valueOf(process.pid()), "status")).stream()
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
          .findFirst().orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Bytes of the heap that are still needed, after a full collection. */
  long heapInUse() {
    try {
      Process histogram = new ProcessBuilder(System.getProperty("java.home") + "/bin/jcmd", String.valueOf(process.pid()),
          "GC.class_histogram").redirectErrorStream(true).start();
      String last = new String(histogram.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip().lines()
          .reduce((one, next) -> next).orElse("");
      return Long.parseLong(last.strip().split("\\s+")[2]); // Total, objects, bytes
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether its log has these words since it was started last; what it said in earlier runs stands in the same file. */
  boolean hasSaid(String words) {
    try (var log = Files.newInputStream(log())) {
      log.skipNBytes(saidBefore);
      return new String(log.readAllBytes(), StandardCharsets.UTF_8).contains(words);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String tail() {
    try {
      var lines = Files.readAllLines(log());
      return String.join("\n", lines.subList(Math.max(0, lines.size() - 60), lines.size()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
