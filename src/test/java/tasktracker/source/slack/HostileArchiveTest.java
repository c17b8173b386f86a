package tasktracker.source.slack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tasktracker.source.AllocatedBytes;
import tasktracker.source.format.Transcript;
import tasktracker.source.format.TranscriptEntry;

/** An archive takes the same memory whatever is in it, or is refused in words; a sixth of the product's heap is enough. */
class HostileArchiveTest {

  private static final String HEAP = "-Xmx48m";
  @TempDir private Path folder;

  @Test
  void threeHundredThousandPeopleAreRefused() throws Exception {
    assertThat(read(HostileArchive.ofPeople(file(), 330_000))).contains("Refused").contains("too many users and conversations");
  }

  @Test
  void thirtyThousandPeopleAreKnownByName() throws Exception {
    assertThat(read(HostileArchive.ofPeople(file(), 30_000))).contains("1 lines");
  }

  @Test
  void eightThousandConversationsOfOneDayAreRead() throws Exception {
    assertThat(read(HostileArchive.ofConversations(file(), 8_000))).contains("8000 lines");
  }

  @Test
  void nineHundredMessagesOfAMegabyteAreRefusedAsABomb() throws Exception {
    Path file = HostileArchive.ofLongMessages(file(), 900, 1_000_000, true);
    assertThat(Files.size(file)).isLessThan(8_000_000);
    assertThat(read(file)).contains("Refused").contains("compression ratio");
  }

  @Test
  void messagesOfAMegabyteThatAreNoBombAreLeftOut() throws Exception {
    Path file = HostileArchive.ofLongMessages(file(), 40, 1_000_000, false);
    assertThat(read(file)).contains("40 lines");
    assertThat(lines(file)).hasSize(40).containsOnly(TranscriptEntry.Skipped.TOO_LARGE);
  }

  @Test
  void messagesAsLongAsTheyMayBeAreRead() throws Exception {
    Path file = HostileArchive.ofLongMessages(file(), 300, 65_536, false);
    assertThat(read(file)).contains("300 lines");
    assertThat(lines(file)).hasSize(300).hasOnlyElementsOfType(TranscriptEntry.Parsed.class);
  }

  @Test
  void aQuarterOfAMillionEntriesAreRefused() throws Exception {
    assertThat(read(HostileArchive.ofEntries(file(), 250_000, 10))).contains("Refused").contains("more than 200000 entries");
    assertThat(read(HostileArchive.ofEntries(file(), 190_000, 20))).contains("0 lines");
  }

  @Test
  void aDirectoryOfLongNamesIsRefusedAndOneLongNameIsLeftOut() throws Exception {
    assertThat(read(HostileArchive.ofEntries(file(), 300, 65_000))).contains("Refused")
        .contains("directory of the ZIP file is larger than 16 MiB");
    assertThat(read(HostileArchive.ofEntries(file(), 1, 2_000))).contains("1 lines");
  }

  @Test
  void entriesThatOverlapAreRefused() throws Exception {
    assertThat(read(HostileArchive.ofOverlaps(file(), 1))).contains("1 lines");
    assertThat(read(HostileArchive.ofOverlaps(file(), 500))).contains("Refused").contains("overlap");
  }

  @Test
  void namesOfOneHashAreRefused() throws Exception {
    assertThat(read(HostileArchive.ofChosenNames(file(), 6))).contains("0 lines");
    assertThat(read(HostileArchive.ofChosenNames(file(), 7))).contains("Refused").contains("crafted to slow down");
  }

  @Test
  void eachPersonConversationAndMessageTakesTheSameWork() {
    AllocatedBytes.isLinear(2_000, n -> lines(HostileArchive.ofPeople(file(), n)));
    AllocatedBytes.isLinear(1_000, n -> lines(HostileArchive.ofConversations(file(), n)));
    AllocatedBytes.isLinear(20, n -> lines(HostileArchive.ofLongMessages(file(), n, 20_000, false)));
  }

  private Path file() {
    return folder.resolve("export.zip");
  }

  private static List<TranscriptEntry> lines(Path file) throws IOException {
    List<TranscriptEntry> lines = new ArrayList<>();
    try (InputStream in = Files.newInputStream(file); Transcript transcript = new SlackExportFormat().open(in)) {
      for (TranscriptEntry line = transcript.next(); line != null; line = transcript.next()) {
        lines.add(line);
      }
    }
    return lines;
  }

  private static String read(Path file) throws Exception {
    Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), HEAP,
        "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError", "-cp", System.getProperty("java.class.path"),
        HostileArchive.class.getName(), file.toString())
        .redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as(said).isZero();
    return said;
  }
}
