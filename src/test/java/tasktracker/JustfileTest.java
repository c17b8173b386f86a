package tasktracker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The justfile calls only what exists: scripts with verbs that their usage names, and docker compose. */
class JustfileTest {

  private static final Path JUSTFILE = Path.of("justfile");

  private static List<String> commands() throws IOException {
    return Files.readAllLines(JUSTFILE).stream().filter(line -> line.startsWith("    ")).map(String::strip).toList();
  }

  @Test
  void everyRecipeCallsAScriptAndAVerbThatExist() throws IOException {
    assertThat(commands()).isNotEmpty()
        .allMatch(line -> line.startsWith("bin/") || line.startsWith("docker compose ") || line.startsWith("@just "));
    for (String command : commands()) {
      if (command.startsWith("bin/")) {
        checkScript(command.split(" "));
      }
    }
  }

  private static void checkScript(String... words) throws IOException {
    Path script = Path.of(words[0]);
    assertThat(script).isExecutable();
    String usage = Files.readAllLines(script).stream().takeWhile(line -> line.startsWith("#")).collect(Collectors.joining("\n"));
    if (words.length > 1 && !words[1].startsWith("\"")) {
      assertThat(usage).as("usage of %s", script)
          .containsPattern(Pattern.quote(words[0] + " ") + "(.*\\| *)?" + Pattern.quote(words[1]) + "\\b");
    }
  }

  @Test
  void everyAliasNamesARecipe() throws IOException {
    Set<String> recipes = Files.readAllLines(JUSTFILE).stream().filter(line -> line.matches("[a-z][a-z-]*( .*)?:( .*)?"))
        .map(line -> line.split("[ :]")[0]).collect(Collectors.toSet());
    assertThat(Files.readAllLines(JUSTFILE).stream().filter(line -> line.startsWith("alias ")).map(line -> line.split(":=")[1].strip()))
        .isNotEmpty().allMatch(recipes::contains);
  }
}
