package tasktracker.harness;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;

/** Where things are in the project's folder. */
public final class Project {
  /**
   * Half of the processor time of a server's start goes into optimizing code that a short life never runs often, a tenth
   * into memory that comes in small pages, and a twentieth into collecting in a small heap. The shared product and
   * {@code bin/test deploy} have the product's own.
   */
  public static final String JVM_OF_A_SHORT_LIFE =
      "-XX:TieredStopAtLevel=1 -XX:+UseTransparentHugePages -Xms400m -Xmx512m -XX:NewSize=256m -XX:MaxNewSize=256m";
  private static final Path ROOT = Path.of(System.getProperty("basedir", "")).toAbsolutePath();

  private Project() {}

  public static Path root() {
    return ROOT;
  }

  public static Path target(String first, String... more) {
    return ROOT.resolve("target").resolve(Path.of(first, more));
  }

  /** Made with all its parents, if it is not there. */
  public static Path folder(String first, String... more) {
    try {
      return Files.createDirectories(target(first, more));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** What is in a file, as UTF-8. */
  public static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** Below those that the system hands to outgoing connections, so that a server finds its port free at each start. */
  public static int freePort() {
    return ThreadLocalRandom.current().ints(20_000, 30_000).filter(Project::isFree).findFirst().orElseThrow();
  }

  private static boolean isFree(int port) {
    try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }
}
