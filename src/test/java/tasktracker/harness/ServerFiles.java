package tasktracker.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** The server's configuration for tests: a copy of the build's configuration, with a link to the built application. */
public final class ServerFiles {
  private static final Path MADE = ProjectPaths.target("liberty", "wlp", "usr", "servers", "tasktracker");
  private static final Path APPLICATION = ProjectPaths.target("task-tracker");
  private static Path folder;

  private ServerFiles() {}

  /** The WLP_USER_DIR of all servers that tests start, recreated once for each test run. */
  static synchronized Path userFolder() {
    if (folder == null) {
      folder = prepare();
    }
    return folder;
  }

  private static Path prepare() {
    if (!Files.isDirectory(MADE) || !Files.isDirectory(APPLICATION)) {
      throw new IllegalStateException("No server in " + MADE + ": run bin/test, or mvnw package liberty:create, first");
    }
    try {
      var user = ProjectPaths.folder("server", "usr");
      copyConfiguration(user.resolve("servers/tasktracker"));
      link(user.resolve("servers/tasktracker/apps/task-tracker.war"));
      return user;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The configuration without the application, into a server's folder. */
  public static void copyConfiguration(Path server) throws IOException {
    for (var name : List.of("server.xml", "server.env", "jvm.options", "bootstrap.properties")) {
      copyFile(MADE.resolve(name), server.resolve(name));
    }
    try (var drivers = Files.list(MADE.resolve("lib/jdbc"))) {
      for (var driver : drivers.toList()) {
        copyFile(driver, server.resolve("lib/jdbc").resolve(driver.getFileName()));
      }
    }
  }

  private static void copyFile(Path from, Path to) throws IOException {
    Files.createDirectories(to.getParent());
    Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
  }

  private static void link(Path link) throws IOException {
    Files.createDirectories(link.getParent());
    Files.deleteIfExists(link);
    Files.createSymbolicLink(link, APPLICATION);
  }
}
