package tasktracker.harness;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;

/** Paths in the project's folder. */
public final class ProjectPaths {
  /** Libraries stay open for tenths of a second instead of hundredths: a start opens them again and again. */
  private static final String OPEN_LIBRARIES = "-Dzip.reaper.quick.pend.min=200000000 -Dzip.reaper.quick.pend.max=400000000"
      + " -Dzip.reaper.slow.pend.min=1000000000 -Dzip.reaper.slow.pend.max=2000000000";
  /**
   * Half of the processor time of a server's start goes into optimizing code that a short-lived server seldom runs, a tenth
   * into memory that comes in small pages, and a twentieth into collecting in a small heap. {@code bin/test deploy} has
   * the product's own, the shared product all but {@link #LATE_OPTIMIZER}.
   */
  public static final String SHORT_LIVED_JVM = "-XX:TieredStopAtLevel=1 -XX:+UseTransparentHugePages -Xms400m -Xmx512m -XX:NewSize=256m -XX:MaxNewSize=256m "
      + OPEN_LIBRARIES;
  /**
   * The optimizing compiler begins at thirty times the JVM's own thresholds: for a server that lives for a whole run and is
   * started while others are. The product has the JVM's own, because it runs for weeks.
   */
  static final String LATE_OPTIMIZER = "-XX:Tier4InvocationThreshold=150000 -XX:Tier4MinInvocationThreshold=30000"
      + " -XX:Tier4CompileThreshold=300000 -XX:Tier4BackEdgeThreshold=900000 " + OPEN_LIBRARIES;
  private static final Path ROOT = Path.of(System.getProperty("basedir", "")).toAbsolutePath();

  private ProjectPaths() {}

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
    return ThreadLocalRandom.current().ints(20_000, 30_000).filter(ProjectPaths::isFree).findFirst().orElseThrow();
  }

  private static boolean isFree(int port) {
    try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }
}
