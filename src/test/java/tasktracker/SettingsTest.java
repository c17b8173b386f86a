package tasktracker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tasktracker.harness.Project;

/** An upgrade refuses settings that .env.example does not know, so that one must know all there are. */
class SettingsTest {
  private static final Pattern IN_COMPOSE = Pattern.compile("(?<!\\$)\\$\\{([A-Z_]+)[:}]");
  private static final Pattern IN_CLASSES = Pattern.compile("@ConfigProperty\\(name = \"([A-Z_]+)\"");
  /** What the image says to the server; nobody else does. */
  private static final Set<String> NOT_FOR_PEOPLE = Set.of("DRAIN_FILE");

  @Test
  void theExampleKnowsEverySettingThatComposeReads() throws IOException {
    assertThat(known()).containsAll(names(IN_COMPOSE, Files.readString(Project.root().resolve("compose.yml"))));
  }

  @Test
  void theExampleKnowsEverySettingThatTheServerReads() throws IOException {
    var read = new TreeSet<String>();
    try (var classes = Files.walk(Project.root().resolve("src/main/java"))) {
      for (Path file : classes.filter(path -> path.toString().endsWith(".java")).toList()) {
        read.addAll(names(IN_CLASSES, Files.readString(file)));
      }
    }
    read.removeAll(NOT_FOR_PEOPLE);
    assertThat(read).hasSizeGreaterThan(10);
    assertThat(known()).containsAll(read);
  }

  private static Set<String> known() throws IOException {
    return names(Pattern.compile("(?m)^#?([A-Z_]+)="), Files.readString(Project.root().resolve(".env.example")));
  }

  private static Set<String> names(Pattern pattern, String text) {
    return pattern.matcher(text).results().map((MatchResult found) -> found.group(1)).collect(java.util.stream.Collectors.toCollection(TreeSet::new));
  }
}
