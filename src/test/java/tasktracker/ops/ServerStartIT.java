package tasktracker.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tasktracker.harness.ProjectPaths;

/** The start script starts the server's process with the same options as Liberty's own script of this version. */
class ServerStartIT {

  private static final Path LIBERTY = ProjectPaths.target("liberty", "wlp");
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"21.0.5", "23", "24.0.1", "25"})
  void theJvmGetsTheSameOptions(String version) throws Exception {
    var java = javaThatTells(version);
    var theirs = told(java, LIBERTY.resolve("bin/server").toString(), "run", "tasktracker");
    assertThat(theirs).contains("-XX:+UseSerialGC", "-Done=1", "-Dtwo=2", "MALLOC_ARENA_MAX=2").endsWith("tasktracker");
    assertThat(ours(java)).isEqualTo(theirs);
  }

  @Test
  void withoutJavaTheErrorSaysWhatIsMissing() throws Exception {
    var process = process(Path.of(""), ProjectPaths.root().resolve("docker/app/serve").toString(), LIBERTY.toString())
        .redirectErrorStream(true);
    process.environment().remove("JAVA_HOME");
    var server = process.start();
    assertThat(new String(server.getInputStream().readAllBytes())).contains("JAVA_HOME", "the folder of a JDK or JRE");
    assertThat(server.waitFor()).isNotZero();
  }

  /** Unlike Liberty's script, which lets the group read. */
  @Test
  void filesOfTheServerAreReadableByTheOwnerOnly() throws Exception {
    var java = javaThatTells("25");
    var made = folder.resolve("output/tasktracker/logs/messages.log");
    Files.writeString(java.resolve("bin/java"),
        "#!/bin/sh\nmkdir -p logs\n: > logs/messages.log\nulimit -c > '" + folder.resolve("told") + "'\n");
    assertThat(ours(java)).as("no core dump").containsExactly("0");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made))).isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made.getParent()))).isEqualTo("rwx------");
  }

  private List<String> ours(Path java) throws Exception {
    return told(java, ProjectPaths.root().resolve("docker/app/serve").toString(), LIBERTY.toString());
  }

  private List<String> told(Path java, String... command) throws Exception {
    var server = process(java, command).inheritIO().start();
    assertThat(server.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(server.exitValue()).isZero();
    return Files.readAllLines(folder.resolve("told"));
  }

  private ProcessBuilder process(Path java, String... command) {
    var process = new ProcessBuilder(command);
    process.environment().keySet().removeIf(name -> name.startsWith("WLP_") || name.equals("LOG_DIR"));
    process.environment().put("JAVA_HOME", java.toString());
    process.environment().put("WLP_OUTPUT_DIR", folder.resolve("output").toString());
    process.environment().put("WLP_SKIP_BOOTSTRAP_AGENT", "true");
    process.environment().put("JVM_ARGS", "-Done=1 -Dtwo=2");
    return process;
  }

  /** A Java of that version, as far as a script can see, that writes down where, how and with which words it was started. */
  private Path javaThatTells(String version) throws IOException {
    var home = folder.resolve("java");
    Files.createDirectories(home.resolve("bin"));
    Files.createDirectories(home.resolve("lib"));
    Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"Nobody\"\nJAVA_VERSION=\"" + version + "\"\n");
    Files.writeString(home.resolve("lib/modules"), "");
    var program = Files.writeString(home.resolve("bin/java"), """
        #!/bin/sh
        { pwd; env | grep -E '^(MALLOC_ARENA_MAX|WLP_USER_DIR|WLP_OUTPUT_DIR|X_LOG_DIR|X_LOG_FILE)=' | sort; printf '%%s\\n' "$@"; } > '%s'
        """.formatted(folder.resolve("told")));
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    return home;
  }
}
