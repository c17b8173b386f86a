package tasktracker.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which browser {@code bin/test} chooses, with fake programs and packages. */
class ChromiumScriptTest {
  private static final List<String> SHELL_TOOLS = List.of("bash", "sh", "awk", "cat", "chmod", "cp", "dirname", "basename", "env", "find",
      "grep", "id", "ln", "mkdir", "mktemp", "readlink", "rm", "sleep", "timeout", "touch");
  private static final String RENDERS = "case \"$*\" in *--version*) echo Chromium 1 ;; *) echo '<p><script></script>42</p>' ;; esac";
  private static final String LACKS_DATA = "case \"$*\" in *--version*) echo Chromium 1 ;; *) echo 'Invalid file descriptor to ICU data' >&2; exit 133 ;; esac";
  private static final String HANGS = "case \"$*\" in *--version*) echo Chromium 1 ;; *) sleep 600 ;; esac";

  /** Like apt: it installs only with permission, and skips packages that its status file lists as installed. */
  private static final String APT = """
      echo "$*" >> "$MACHINE/apt.log"
      case "$*" in
        *" -s "*) case "$*" in *Dir::State::status=*) printf 'Inst %s (1)\\n' libc6 chromium-common ;; esac
          printf 'Inst %s (1)\\n' chromium-headless-shell ;;
        *" download "*) for name in chromium-common chromium-headless-shell libc6; do
            case " $* " in *" $name "*) touch "$name.deb" ;; esac
          done ;;
        *" install "*) [ -e "$MACHINE/may-install" ] && cp "$MACHINE/may-install" "$MACHINE/bin/chromium-headless-shell" ;;
      esac
      """;
  /** Its program renders only when the other package's data file is beside it. */
  private static final String DPKG_DEB = """
      mkdir -p "$3/usr/lib/chromium"
      cd "$3/usr/lib/chromium"
      case "$2" in
        */chromium-common.deb) touch icudtl.dat ;;
        */libc6.deb) touch "$3/libc6" ;;
        */chromium-headless-shell.deb)
          printf '#!/bin/sh\\n[ -e "${0%%/*}/icudtl.dat" ] || exit 133\\necho "<p>42</p>"\\n' > chromium-headless-shell
          chmod 755 chromium-headless-shell ;;
      esac
      """;

  @TempDir Path machine;

  @BeforeEach
  void aBareMachine() throws IOException {
    Files.createDirectories(machine.resolve("bin"));
    for (String tool : SHELL_TOOLS) {
      program("bin/" + tool, "exec /usr/bin/" + tool + " \"$@\"");
    }
    program("bin/apt-get", APT);
    program("bin/dpkg-deb", DPKG_DEB);
  }

  @Test
  void anInstalledBrowserIsTakenAndNothingIsFetched() throws Exception {
    program("bin/chromium", RENDERS);
    assertThat(chosen()).isEqualTo(machine.resolve("bin/chromium").toString());
    assertThat(machine.resolve("apt.log")).doesNotExist();
  }

  @Test
  void ofTwoInstalledBrowsersTheLighterOneIsTaken() throws Exception {
    program("bin/chromium", RENDERS);
    program("bin/chromium-headless-shell", RENDERS);
    assertThat(chosen()).isEqualTo(machine.resolve("bin/chromium-headless-shell").toString());
  }

  @Test
  void aBrowserThatRendersNothingIsPassedOver() throws Exception {
    program("bin/chromium-headless-shell", LACKS_DATA);
    program("bin/google-chrome", RENDERS);
    assertThat(chosen()).isEqualTo(machine.resolve("bin/google-chrome").toString());
  }

  @Test
  void aBrowserThatHangsIsPassedOver() throws Exception {
    program("bin/chromium-headless-shell", HANGS);
    program("bin/chromium", RENDERS);
    assertThat(chosen()).isEqualTo(machine.resolve("bin/chromium").toString());
  }

  @Test
  void besideABrokenBrowserACompleteOneIsUnpacked() throws Exception {
    program("bin/chromium", LACKS_DATA);
    assertThat(chosen()).isEqualTo(unpacked().toString());
    assertThat(Files.readString(machine.resolve("apt.log"))).as("nothing is exchanged").doesNotContain("install -y");
  }

  @Test
  void anIncompleteUnpackingIsReplaced() throws Exception {
    program("bin/chromium", LACKS_DATA);
    Files.createDirectories(machine.resolve("tools"));
    program("tools/chromium-headless-shell", LACKS_DATA);
    assertThat(chosen()).isEqualTo(unpacked().toString());
  }

  @Test
  void anUnpackedBrowserRunsWithTheLibraryOfTheMachine() throws Exception {
    assertThat(chosen()).isEqualTo(unpacked().toString());
    assertThat(machine.resolve("tools/libc6")).doesNotExist();
  }

  @Test
  void onABareMachineOneIsInstalled() throws Exception {
    program("may-install", RENDERS);
    assertThat(chosen()).isEqualTo(machine.resolve("bin/chromium-headless-shell").toString());
    assertThat(machine.resolve("tools")).doesNotExist();
  }

  @Test
  void afterAnInstallationThatDoesNotRenderOneIsUnpacked() throws Exception {
    program("may-install", LACKS_DATA);
    assertThat(chosen()).isEqualTo(unpacked().toString());
  }

  private Path unpacked() {
    return machine.resolve("tools/chromium-headless-shell");
  }

  private void program(String name, String script) throws IOException {
    Path file = Files.writeString(machine.resolve(name), "#!/bin/sh\n" + script + "\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  private String chosen() throws Exception {
    var shell = new ProcessBuilder("bash", "-c", "set -euo pipefail; for part in common packages chromium; do . bin/lib/$part.sh; done; "
        + "get_chromium >&2; find_chromium").directory(ProjectPaths.root().toFile()).redirectError(machine.resolve("errors").toFile());
    shell.environment().clear();
    shell.environment().putAll(java.util.Map.of("PATH", machine.resolve("bin").toString(), "MACHINE", machine.toString(),
        "HOME", machine.toString(), "TOOLS_ROOT", machine.resolve("tools").toString(), "CHROMIUM_START_SECONDS", "2"));
    String said = new String(shell.start().getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    assertThat(said).as(Files.readString(machine.resolve("errors"))).isNotEmpty();
    return said;
  }
}
