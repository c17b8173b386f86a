package tasktracker.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * What one server of a run knows when it ends, for those that start after it: what it has read of its classes (class
 * data sharing, a fifth less of the processor's time for each start), and its work folder, where it keeps what it found
 * out about itself and the application (a third less). Neither is believed where something has changed since.
 */
public final class ClassDataCache {
  private static final Path ARCHIVE = ProjectPaths.target("learnt.jsa");
  private static final Path BEING_WRITTEN = ProjectPaths.target("learnt.jsa.new");
  private static final Path WORK = ProjectPaths.target("learnt.work");
  /** For JVM_ARGS of the server that writes: a test whose server is the first to stop, and is not timed while it does. */
  public static final String WRITTEN = ProjectPaths.JVM_OF_A_SHORT_LIFE + " -XX:ArchiveClassesAtExit=" + BEING_WRITTEN;

  private ClassDataCache() {}

  /** For JVM_ARGS of a server that starts now, and lives for minutes. */
  public static String used() {
    return ProjectPaths.JVM_OF_A_SHORT_LIFE + ' ' + usedAlone();
  }

  /** For JVM_ARGS of a server that is to have the product's own JVM otherwise. */
  static String usedAlone() {
    return Files.exists(ARCHIVE) ? "-Xlog:cds=off,aot=off -XX:SharedArchiveFile=" + ARCHIVE : "";
  }

  /** A server that starts for the first time begins with this folder, if there is one yet. */
  static void lendWork(Path folder) throws IOException {
    if (Files.exists(WORK) && !Files.exists(folder)) {
      copy(WORK, folder);
    }
  }

  /** After the server of that name, which wrote it, has ended. At no moment is there half of anything. */
  public static void keep(String server) {
    try {
      if (Files.exists(BEING_WRITTEN)) { // not every JVM can write one
        Files.move(BEING_WRITTEN, ARCHIVE, StandardCopyOption.ATOMIC_MOVE);
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
