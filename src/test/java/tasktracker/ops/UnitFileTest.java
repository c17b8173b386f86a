package tasktracker.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tasktracker.harness.ProjectPaths;

/** The systemd unit that {@code bin/run install} writes. */
class UnitFileTest {

  @TempDir Path here;

  @Test
  void theUnitRestartsWhatFailsAndMayDoLittle() throws Exception {
    var unit = unit(Map.of("JAVA_HOME", "/opt/a jdk"));
    assertThat(unit.lines()).contains("Restart=on-failure", "RestartSec=5", "StartLimitBurst=10", "TimeoutStopSec=120", "UMask=0077",
        "LimitCORE=0",
        "NoNewPrivileges=yes", "Environment=\"JAVA_HOME=/opt/a jdk\"", "ExecStart=\"" + ProjectPaths.root() + "/bin/run\" supervise",
        "ExecStop=\"" + ProjectPaths.root() + "/bin/run\" stop");
    assertThat(unit.lines().anyMatch(line -> line.startsWith("User="))).isEqualTo(isRoot());
    assertThat(unit.contains("ProtectSystem=strict")).as("name spaces need root").isEqualTo(isRoot());
    assertThat(unit).contains(isRoot() ? "WantedBy=multi-user.target" : "WantedBy=default.target");
  }

  @Test
  void systemdUnderstandsTheUnit() throws Exception {
    var file = Files.writeString(here.resolve("task-tracker.service"), unit(Map.of()));
    assertThat(said(Map.of(), "systemd-analyze", isRoot() ? "--system" : "--user", "verify", file.toString()))
        .doesNotContain("task-tracker.service");
  }

  @Test
  void showingTheUnitWritesNothing() throws Exception {
    var run = here.resolve("run");
    unit(Map.of("RUN_DIR", run.toString()));
    assertThat(run).doesNotExist();
  }

  private static String unit(Map<String, String> settings) throws Exception {
    return said(settings, ProjectPaths.root().resolve("bin/run").toString(), "install", "--print");
  }

  private static String said(Map<String, String> settings, String... command) throws IOException, InterruptedException {
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(settings);
    var process = builder.start();
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return said;
  }

  private static boolean isRoot() {
    return System.getProperty("user.name").equals("root");
  }
}
