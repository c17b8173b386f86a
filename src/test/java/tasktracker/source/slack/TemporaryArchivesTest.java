package tasktracker.source.slack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemporaryArchivesTest {

  private static final Instant NOW = Instant.now();
  private static final long OWN = ProcessHandle.current().pid();

  @TempDir Path folder;

  @Test
  void aFileOfAProcessThatHasEndedIsDeleted() throws Exception {
    Process ended = new ProcessBuilder("true").start();
    ended.waitFor();
    Path orphaned = file("slack-export-" + ended.pid() + "-1.zip", Duration.ZERO);
    Path own = file("slack-export-" + OWN + "-2.zip", Duration.ZERO);
    TemporaryArchives.deleteOrphaned(folder, NOW);
    assertThat(orphaned).doesNotExist();
    assertThat(own).exists();
  }

  @Test
  void aFileFromBeforeItsProcessStartedIsDeleted() throws IOException {
    Instant start = ProcessHandle.current().info().startInstant().orElseThrow();
    Path orphaned = file("slack-export-" + OWN + "-1.zip", Duration.between(start, NOW).plusMinutes(1));
    TemporaryArchives.deleteOrphaned(folder, NOW);
    assertThat(orphaned).doesNotExist();
  }

  @Test
  void aFileOfMoreThanADayIsDeleted() throws IOException {
    Path withoutProcess = file("slack-export123.zip", Duration.ofHours(25));
    Path younger = file("slack-export456.zip", Duration.ofHours(23));
    TemporaryArchives.deleteOrphaned(folder, NOW);
    assertThat(withoutProcess).doesNotExist();
    assertThat(younger).exists();
  }

  @Test
  void otherFilesAndFoldersStay() throws IOException {
    Path ofSomebody = file("slack-export-of-our-team.zip", Duration.ofDays(9));
    Path directory = Files.createDirectory(folder.resolve("slack-export7.zip"));
    Files.setLastModifiedTime(directory, FileTime.from(NOW.minus(Duration.ofDays(9))));
    TemporaryArchives.deleteOrphaned(folder, NOW);
    assertThat(ofSomebody).exists();
    assertThat(directory).exists();
  }

  @Test
  void theNameOfANewFileSaysWhoseItIs() throws IOException {
    Path file = TemporaryArchives.create();
    try {
      assertThat(file.getFileName().toString()).matches("slack-export-" + OWN + "-\\d+\\.zip");
    } finally {
      Files.delete(file);
    }
  }

  private Path file(String name, Duration age) throws IOException {
    Path file = Files.writeString(folder.resolve(name), "PK");
    Files.setLastModifiedTime(file, FileTime.from(NOW.minus(age)));
    return file;
  }
}
