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
 * An Open Liberty process with the product that can be stopped, suspended and killed. Each has its own folder for logs and
 * work files; configuration and application are those of the current build.
 */
final class Server {
  private static final Path WORK = Path.of("tasktracker", "workarea");
  private static final Path LIBERTY = ProjectPaths.target("liberty", "wlp");
  private final Path output;
  private final Map<String, String> settings;
  private Process process;
  private long logStart;

  Server(String name, Map<String, String> settings) {
    this.output = ProjectPaths.folder("server", name);
    this.settings = settings;
  }

  /** The work folder of a server. */
  static Path work(String name) {
    return ProjectPaths.target("server", name).resolve(WORK);
  }

  void start() {
    try {
      ClassDataCache.lendWork(output.resolve(WORK));
      logStart = Files.exists(log()) ? Files.size(log()) : 0;
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
    env.values().removeIf(String::isEmpty); // Also removes variables of the test run's own environment.
    return builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
  }

  Path log() {
    return output.resolve("console.log");
  }

  boolean isAlive() {
    return process != null && process.isAlive();
  }

  /** Kills the process with SIGKILL. */
  void kill() {
    process.destroyForcibly();
    awaitEnd();
  }

  /** Stops the process with SIGTERM. */
  void stop() {
    process.destroy();
    awaitEnd();
  }

  /** A generous timeout, because one server also writes its class data archive; tests of stopping check shorter ones. */
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

  /** Waits until the condition holds; fails immediately with the end of the log when the process has ended. */
  void awaitReady(Duration atMost, java.util.function.BooleanSupplier ready) {
    Await.until("server ready, see " + log(), atMost, () -> {
      if (!isAlive()) {
        throw new AssertionError("The server ended while starting:\n" + tail());
      }
      return ready.getAsBoolean();
    });
  }

  /** Resident memory of the process. */
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

  /** Used heap in bytes after a full garbage collection. */
  long heapInUse() {
    try {
      Process histogram = new ProcessBuilder(System.getProperty("java.home") + "/bin/jcmd", String.valueOf(process.pid()),
          "GC.class_histogram").redirectErrorStream(true).start();
      String last = new String(histogram.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip().lines()
          .reduce((one, next) -> next).orElse("");
      return Long.parseLong(last.strip().split("\\s+")[2]); // Total: number of objects, bytes.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns whether its log contains this text since the last start; earlier runs write to the same file. */
  boolean hasSaid(String words) {
    try (var log = Files.newInputStream(log())) {
      log.skipNBytes(logStart);
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
