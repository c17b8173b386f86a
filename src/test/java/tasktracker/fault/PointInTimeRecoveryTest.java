package tasktracker.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tasktracker.harness.ProjectPaths;

/** Handling of the database files in a point-in-time recovery, in particular without enough disk space. */
class PointInTimeRecoveryTest {

  private static final String MOMENT = "2026-02-01 00:00:00";
  @TempDir Path here;

  @Test
  void aBackupLargerThanTheFreeSpaceIsRefusedAtOnce() throws IOException {
    base(8L << 40);
    var said = prepare("", here.resolve("before/k")).expect(1).said();
    assertThat(said).containsPattern("not enough space in .*/data: 8388\\d{3} MB needed, \\d+ MB free");
    nothingHasChanged();
  }

  /** As on a disk that others fill meanwhile: not a file larger than a megabyte can be written. */
  @Test
  void anInterruptedUnpackingLeavesTheDatabaseUnchanged() throws IOException {
    base(3_000_000);
    var said = prepare("ulimit -f 1000;", here.resolve("before/k")).expect(1).said();
    assertThat(said).containsPattern("cannot be unpacked: \\d+ MB are needed, \\d+ MB are left");
    nothingHasChanged();
  }

  @Test
  void thePreviousFilesAreKeptOnAnyVolume() throws IOException {
    base(3_000_000);
    for (Path keep : List.of(here.resolve("before/k"), Path.of("/dev/shm", here.getFileName().toString()))) {
      bash(Map.of(), "rm -rf '%1$s/data' && cp -a '%1$s/former' '%1$s/data'".formatted(here)).expect(0);
      prepare("", keep).expect(0);
      assertThat(names("data")).containsExactlyInAnyOrder("PG_VERSION", "words", "large", "pg_wal", "recovery.signal",
          "postgresql.auto.conf");
      assertThat(here.resolve("data/words")).hasContent("restored");
      assertThat(here.resolve("data/pg_wal/0000000100000000000000AA")).as("WAL that was not archived").exists();
      assertThat(keep.resolve("words")).hasContent("former");
      assertThat(keep.resolveSibling(keep.getFileName() + ".part")).doesNotExist();
      bash(Map.of(), "rm -rf '" + keep + "'").expect(0);
    }
  }

  /** The next one finds the former files set aside and some of the new ones in their place. */
  @Test
  void aKillBetweenTwoRenamesIsRolledBack() throws IOException {
    base(3_000_000);
    bash(Map.of(),
        """
        cd '%s/data' && mkdir .gone .restored && mv PG_VERSION words pg_wal .gone && echo 17 > PG_VERSION && echo restored > .restored/words"""
            .formatted(here))
        .expect(0);
    assertThat(prepare("TIME='2025-01-01 00:00:00';", here.resolve("before/k")).expect(1).said()).contains("no base backup ended before");
    nothingHasChanged();
  }

  private void base(long bytes) {
    bash(Map.of(),
        "bash src/test/resources/backup/make-base.sh '%1$s' large %2$d && cp -a '%1$s/data' '%1$s/former'".formatted(here, bytes))
        .expect(0);
  }

  private Installation.Outcome prepare(String first, Path keep) {
    var settings = Map.of("BACKUP_DIR", here + "/backups", "PGDATA", here + "/data", "WAL_DIR", here + "/wal", "PGDATABASE", "tasktracker",
        "RESTORE_WAL", "/restore-wal", "TIME", MOMENT);
    return bash(settings, first + " export PATH=" + programs() + ":$PATH; exec docker/backup/pitr-prepare \"$TIME\" latest '" + keep + "'");
  }

  private static String programs() {
    var place = Installation.execute(ProjectPaths.root(), Map.of("SERVICES_DIR", ProjectPaths.target("services", "tests").toString()),
        "bin/services", "place");
    return place.expect(0).said().lines().filter(line -> line.startsWith("PGBIN=")).findFirst().orElseThrow().substring("PGBIN=".length());
  }

  private static Installation.Outcome bash(Map<String, String> settings, String script) {
    return Installation.execute(ProjectPaths.root(), settings, "bash", "-c", script);
  }

  private void nothingHasChanged() throws IOException {
    bash(Map.of(), "diff -r '%1$s/former' '%1$s/data'".formatted(here)).expect(0);
    assertThat(names("before")).isEmpty();
  }

  private List<String> names(String folder) throws IOException {
    try (var files = Files.list(here.resolve(folder))) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }
}
