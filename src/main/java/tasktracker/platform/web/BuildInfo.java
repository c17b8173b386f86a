package tasktracker.platform.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/**
 * Which build runs here. The commit is {@code unknown} where there was no git, and ends in {@code -dirty} when files had
 * been changed since.
 *
 * @param built when its commit was made, in UTC; when it was built, where files had been changed
 */
public record BuildInfo(String version, String commit, String built) {

  /** This one. */
  public static final BuildInfo PRESENT = read();

  private static BuildInfo read() {
    var facts = new Properties();
    try (InputStream in = BuildInfo.class.getResourceAsStream("/build.properties")) {
      if (in != null) {
        facts.load(in);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new BuildInfo(fact(facts, "version"), fact(facts, "commit"), fact(facts, "built"));
  }

  private static String fact(Properties facts, String name) {
    return facts.getProperty(name, "unknown");
  }
}
