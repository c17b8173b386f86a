package tasktracker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tasktracker.harness.ProjectPaths;

/** The keys of stored secrets are rotated step by step, and no step repeated or taken too early loses one. */
class SecretKeysScriptTest {

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void oneKey() throws IOException {
    file = Files.writeString(folder.resolve("settings"), "HTTP_PORT=8000\nSECRET_KEYS=a1:c2VjcmV0\n");
  }

  private int run(String step) throws Exception {
    Process script = new ProcessBuilder("bin/secret-keys", step, file.toString()).directory(ProjectPaths.root().toFile())
        .redirectErrorStream(true).start();
    String said = new String(script.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(said).doesNotContain("c2VjcmV0");
    return script.waitFor();
  }

  private List<String> keys() throws IOException {
    return Files.readAllLines(file).stream().filter(line -> line.startsWith("SECRET_KEYS="))
        .flatMap(line -> List.of(line.substring("SECRET_KEYS=".length()).split(",")).stream()).toList();
  }

  @Test
  void theNewKeyComesFirstAndTheOldOneIsKeptAside() throws Exception {
    assertThat(run("add")).isZero();
    String added = keys().getLast();
    assertThat(keys()).containsExactly("a1:c2VjcmV0", added);
    assertThat(run("use")).isZero();
    assertThat(keys()).containsExactly(added, "a1:c2VjcmV0");
    assertThat(run("drop")).isZero();
    assertThat(keys()).containsExactly(added);
    assertThat(Files.readString(folder.resolve("settings.dropped"))).isEqualTo("a1:c2VjcmV0\n");
    assertThat(Files.readString(file)).contains("HTTP_PORT=8000");
  }

  @Test
  void aSecondUseIsRefused() throws Exception {
    run("add");
    run("use");
    List<String> before = keys();
    assertThat(run("use")).isNotZero();
    assertThat(keys()).isEqualTo(before);
  }

  @Test
  void droppingBeforeUsingIsRefused() throws Exception {
    run("add");
    List<String> before = keys();
    assertThat(run("drop")).isNotZero();
    assertThat(keys()).isEqualTo(before);
  }
}
