package tasktracker.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Caches of one server for later servers of a test run: the class data sharing archive (20 % less CPU time for each start)
 * and the server's work folder (a third less). Both are discarded when something has changed since.
 */
public final class ClassDataCache {
  private static final Path ARCHIVE = ProjectPaths.target("learnt.jsa");
  private static final Path TEMPORARY = ProjectPaths.target("learnt.jsa.new");
  private static final Path WORK = ProjectPaths.target("learnt.work");
  /** JVM_ARGS of the server that creates the archive: the first server that a test stops without measuring the time. */
  public static final String WRITTEN = ProjectPaths.SHORT_LIVED_JVM + " -XX:ArchiveClassesAtExit=" + TEMPORARY;

  private ClassDataCache() {}

  /** JVM_ARGS of a server that runs for minutes. */
  public static String used() {
    return ProjectPaths.SHORT_LIVED_JVM + ' ' + usedAlone();
  }

  /** JVM_ARGS of a server that otherwise uses the product's own JVM options. */
  static String usedAlone() {
    return Files.exists(ARCHIVE) ? "-Xlog:cds=off,aot=off -XX:SharedArchiveFile=" + ARCHIVE : "";
  }

  /** Copies the cached work folder, if there is one, to a server that starts for the first time. */
  static void lendWork(Path folder) throws IOException {
    if (Files.exists(WORK) && !Files.exists(folder)) {
      copy(WORK, folder);
    }
  }

  /** Saves the caches of a server that has ended, by atomic renames. */
  public static void keep(String server) {
    try {
      if (Files.exists(TEMPORARY)) { // Not every JVM can create one.
        Files.move(TEMPORARY, ARCHIVE, StandardCopyOption.ATOMIC_MOVE);
      }
      keepWork(Server.work(server));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void keepWork(Path folder) throws IOException {
    if (!Files.exists(WORK)) {
      var unfinished = Files.createTempDirectory(WORK.getParent(), "learnt.");
      copy(folder, unfinished.resolve("work"));
      Files.move(unfinished.resolve("work"), WORK, StandardCopyOption.ATOMIC_MOVE);
    }
  }

  private static void copy(Path folder, Path to) throws IOException {
    try (var files = Files.walk(folder)) {
      for (var file : files.toList()) {
        var copy = to.resolve(folder.relativize(file).toString());
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
  }
}
