package tasktracker.platform.log;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;
import tasktracker.harness.ProjectPaths;

/** Log configuration that the start scripts derive from settings. */
final class LogConfiguration {

  /** The script did not let the server start. */
  static final class Refused extends RuntimeException {
    Refused(String said) {
      super(said);
    }
  }

  private LogConfiguration() {}

  static Map<String, String> of(Map<String, String> settings) {
    var shell = new ProcessBuilder("bash", "-c", ". docker/app/logging && logging_settings && env").directory(ProjectPaths.root().toFile());
    shell.environment().keySet().removeIf(name -> name.startsWith("LOG_"));
    shell.environment().putAll(settings);
    try {
      Process process = shell.start();
      String said = new String(process.getInputStream().readAllBytes());
      String complaint = new String(process.getErrorStream().readAllBytes());
      if (process.waitFor() != 0) {
        throw new Refused(complaint);
      }
      var found = new TreeMap<String, String>();
      said.lines().filter(line -> line.startsWith("LOG_")).map(line -> line.split("=", 2)).forEach(pair -> found.put(pair[0], pair[1]));
      return found;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
