package tasktracker.platform.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/**
 * Version of the running build. The commit is {@code unknown} when it was built without git, and ends in {@code -dirty}
 * when files had uncommitted changes.
 *
 * @param built time of the commit in UTC; time of the build when files had uncommitted changes
 */
public record BuildInfo(String version, String commit, String built) {

  /** The running build. */
  public static final BuildInfo CURRENT = read();

  private static BuildInfo read() {
    var properties = new Properties();
    try (InputStream in = BuildInfo.class.getResourceAsStream("/build.properties")) {
      if (in != null) {
        properties.load(in);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new BuildInfo(property(properties, "version"), property(properties, "commit"), property(properties, "built"));
  }

  private static String property(Properties properties, String name) {
    return properties.getProperty(name, "unknown");
  }
}
