package tasktracker.platform.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tasktracker.harness.ProjectPaths;
import tasktracker.harness.Await;

/** Limits of the log files of a long-running server. */
class LogRotationTest {

  private static final long MEBIBYTE = 1 << 20;
  @TempDir Path here;

  private Process shell(String script) throws IOException {
    var builder = new ProcessBuilder("bash", "-c", script).directory(ProjectPaths.root().toFile()).redirectErrorStream(true)
        .redirectOutput(here.resolve("said").toFile());
    builder.environment().put("LOG_FILE_MB", "1");
    builder.environment().put("LOG_LOOK_SECONDS", "0.2");
    builder.environment().put("SERVICES_DIR", here.resolve("services").toString());
    return builder.start();
  }

  @Test
  void anOpenLogIsTruncatedAndItsEndIsKept() throws Exception {
    Path log = here.resolve("server.log");
    var server = shell(
        "for n in $(seq 1000); do head -c 100000 /dev/zero | tr '\\0' x; echo; echo \"line $n\"; sleep 0.05; done >> '" + log + "'");
    var keeper = shell("exec bin/lib/keep-logs " + server.pid() + " '" + log + "'");
    try {
      Await.until("the log is cut twice", Duration.ofSeconds(60), () -> wasCutAfterLine(log, 30));
      assertThat(Files.size(log)).isLessThan(4 * MEBIBYTE);
      assertThat(Files.size(here.resolve("server.log.1"))).isEqualTo(MEBIBYTE);
      // The last line may be one that was being written.
      assertThat(Files.readString(here.resolve("server.log.1"))).as("its end").contains("xxx\nline ");
      assertThat(Files.readString(log)).as("appended to, without a hole").doesNotContain("\0");
    } finally {
      server.destroy();
    }
    assertThat(keeper.waitFor(20, java.util.concurrent.TimeUnit.SECONDS)).as("ends with the server").isTrue();
  }

  private boolean wasCutAfterLine(Path log, int line) {
    try {
      Path kept = here.resolve("server.log.1");
      return Files.exists(kept) && Files.readString(kept).lines().filter(words -> words.startsWith("line "))
          .mapToInt(words -> Integer.parseInt(words.substring(5)))
          .max().orElse(0) > line && Files.size(log) > 0;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void aShortLogIsLeftAlone() throws Exception {
    Path log = here.resolve("server.log");
    Files.writeString(log, "Ready\n");
    assertThat(shell(". bin/lib/common.sh; bound_log '" + log + "'; bound_log '" + log + ".none'").waitFor()).isZero();
    assertThat(log).hasContent("Ready");
    assertThat(here.resolve("server.log.1")).doesNotExist();
  }
}
