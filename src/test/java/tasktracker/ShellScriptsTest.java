package tasktracker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tasktracker.harness.ProjectPaths;

/** Every script passes shellcheck, which {@code bin/test} finds or gets (SHELLCHECK). */
class ShellScriptsTest {

  private static final List<String> FOLDERS = List.of(".ci", "bin", "docker", "nginx", "src/test/resources");

  @Test
  void shellcheckFindsNothing() throws Exception {
    List<String> command = new ArrayList<>(List.of(Optional.ofNullable(System.getenv("SHELLCHECK")).orElse("shellcheck"), "--format=gcc"));
    List<String> scripts = scripts();
    assertThat(scripts).contains("bin/test", "bin/lib/common.sh", "docker/app/start");
    command.addAll(scripts);
    Process shellcheck = new ProcessBuilder(command).directory(ProjectPaths.root().toFile()).redirectErrorStream(true).start();
    String found = new String(shellcheck.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(shellcheck.waitFor()).as(found).isZero();
  }

  private static List<String> scripts() throws IOException {
    List<String> found = new ArrayList<>();
    for (String folder : FOLDERS) {
      try (Stream<Path> files = Files.walk(ProjectPaths.root().resolve(folder))) {
        files.filter(Files::isRegularFile).filter(ShellScriptsTest::isScript)
            .forEach(file -> found.add(ProjectPaths.root().relativize(file).toString()));
      }
    }
    return found;
  }

  private static boolean isScript(Path file) {
    if (file.toString().endsWith(".sh")) {
      return true;
    }
    try (var in = Files.newInputStream(file)) {
      return new String(in.readNBytes(30), StandardCharsets.US_ASCII).lines().findFirst().orElse("").matches("#!.*\\b(ba)?sh\\b.*");
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
