package tasktracker.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * What one server of a run has read of its classes when it ends, for those that start after it: a fifth less of the
 * processor's time for each start (class data sharing). The JVM takes nothing from it that has changed since.
 */
public final class LearntClasses {
  private static final Path ARCHIVE = Project.target("learnt.jsa");
  private static final Path BEING_WRITTEN = Project.target("learnt.jsa.new");
  /** For JVM_ARGS of the server that writes: a test whose server is the first to stop, and is not timed while it does. */
  public static final String WRITTEN = Project.JVM_OF_A_SHORT_LIFE + " -XX:ArchiveClassesAtExit=" + BEING_WRITTEN;

  private LearntClasses() {}

  /** For JVM_ARGS of a server that starts now, and lives for minutes. */
  public static String used() {
    return Project.JVM_OF_A_SHORT_LIFE + ' ' + usedAlone();
  }

  /** For JVM_ARGS of a server that is to have the product's own JVM otherwise. */
  static String usedAlone() {
    return Files.exists(ARCHIVE) ? "-Xlog:cds=off,aot=off -XX:SharedArchiveFile=" + ARCHIVE : "";
  }

  /** After the server that wrote it has ended, if its JVM can write one. At no moment is there half an archive. */
  public static void keep() {
    if (!Files.exists(BEING_WRITTEN)) {
      return;
    }
    try {
      Files.move(BEING_WRITTEN, ARCHIVE, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
