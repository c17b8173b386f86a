package tasktracker.source.telegram.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tasktracker.message.IncomingMessage;
import tasktracker.source.AllocatedBytes;
import tasktracker.source.HostileExportFile;
import tasktracker.source.format.Transcript;
import tasktracker.source.format.TranscriptEntry;
import tasktracker.source.format.UnreadableFile;

/** An export takes the same memory whatever is in it, or is refused in words; a sixth of the product's heap is enough. */
class HostileExportTest {

  private static final String HEAP = "-Xmx48m";

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {"entities | 3 lines, left out: {too_large=1}", "values | 3 lines, left out: {too_large=1}",
      "text | 3 lines, left out: {too_large=1}", "skipped text | 1 lines, left out: {}", "number | Refused: The number at offset",
      "depth | Refused: The file is incomplete", "chats | Refused: The file contains more than 10000 chats",
      "topics | 999999 lines", "titles | 299999 lines"})
  void whateverIsInItTheMemoryIsEnough(String export, String said) throws Exception {
    Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), HEAP, "-Xss512k",
        "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError", "-cp", System.getProperty("java.class.path"),
        HostileExportFile.class.getName(), export)
        .redirectErrorStream(true).start();
    String told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as(told).isZero();
    assertThat(told).contains(said);
  }

  @Test
  void aMessageThatIsTooLargeFailsNoneBesideIt() {
    List<TranscriptEntry> lines = lines(HostileExportFile.of("entities"));
    assertThat(lines).hasSize(3).element(1).isEqualTo(TranscriptEntry.Skipped.TOO_LARGE);
    assertThat(lines).element(2).isInstanceOf(TranscriptEntry.Parsed.class);
  }

  @Test
  void aTextIsKeptWholeOrNotAtAll() {
    assertThat(lines(message("\"text\": \"" + "a".repeat(65_536) + "\""))).hasOnlyElementsOfType(TranscriptEntry.Parsed.class);
    assertThat(lines(message("\"text\": \"" + "a".repeat(65_537) + "\""))).containsExactly(TranscriptEntry.Skipped.TOO_LARGE);
  }

  @Test
  void namesAreCutAndIdsThatCannotBeKeptLeadNowhere() {
    IncomingMessage message = ((TranscriptEntry.Parsed) lines(
        message("\"text\": \"a\", \"from\": \"" + "n".repeat(5_000) + "\", \"forwarded_from\": \""
            + "f".repeat(5_000) + "\", \"reactions\": [" + IntStream.range(0, 999)
                .mapToObj(i -> "{\"type\": \"emoji\", \"emoji\": \"x" + i + "\", \"count\": 1},").collect(Collectors.joining())
            + "{}]"))
        .getFirst()).message();
    assertThat(message.author().firstName()).hasSize(300);
    assertThat(message.author().externalId()).hasSizeLessThanOrEqualTo(500);
    assertThat(message.forwardedFrom()).hasSize(300);
    assertThat(message.reactions()).hasSize(200);
  }

  @Test
  void spansBeyondThoseThatPeopleMakeAreLeftOut() {
    String spans = "\"text_entities\": [" + "{\"type\": \"bold\", \"text\": \"a\"},".repeat(5_000) + "\"\"]";
    IncomingMessage message = ((TranscriptEntry.Parsed) lines(message(spans)).getFirst()).message();
    assertThat(message.text()).hasSize(5_000);
    assertThat(message.entities()).hasSize(1_000);
  }

  @ParameterizedTest
  @CsvSource({"UTF-16LE", "UTF-16BE", "UTF-32LE"})
  void whatIsNotInUtf8IsRefused(String charset) {
    byte[] bytes = "{\"id\": 1, \"type\": \"a\", \"messages\": []}".getBytes(Charset.forName(charset));
    assertThatThrownBy(() -> lines(new ByteArrayInputStream(bytes))).isInstanceOf(UnreadableFile.class);
  }

  @Test
  void eachMessageAndEachSpanTakesTheSameWork() {
    AllocatedBytes.isLinear(500, n -> lines(message(IntStream.range(0, n).mapToObj(i -> "\"text\": \"a\"}, {\"id\": " + (i + 10)
        + ", \"date_unixtime\": \"1700000000\"").collect(Collectors.joining(",")).replace(",\"text\"", ", \"text\""))));
    AllocatedBytes.isLinear(200,
        n -> lines(message("\"text_entities\": [" + "{\"type\": \"bold\", \"text\": \"a\"},".repeat(n) + "\"\"]")));
  }

  @Test
  void anAnswerFindsItsTopicAmongVeryManyMessages() {
    ForumTopics topics = new ForumTopics();
    topics.addTopic(1, "Bugs");
    for (long message = 2; message < 1_000_000; message++) {
      assertThat(topics.findTopic(message, message - 1)).isEqualTo(1);
    }
    assertThat(topics.findTopic(2_000_000, 400_000L)).isNull();
    assertThat(topics.findTopic(2_000_001, 999_998L)).isEqualTo(1);
  }

  private static InputStream message(String members) {
    return new ByteArrayInputStream(
        ("{\"name\": \"Team\", \"type\": \"private_supergroup\", \"id\": 7, \"messages\": [{\"id\": 1, \"date_unixtime\": \"1700000000\", "
            + members + "}]}").getBytes(StandardCharsets.UTF_8));
  }

  private static List<TranscriptEntry> lines(InputStream file) {
    List<TranscriptEntry> lines = new ArrayList<>();
    try (Transcript transcript = new TelegramExportFormat().open(file)) {
      for (TranscriptEntry line = transcript.next(); line != null; line = transcript.next()) {
        lines.add(line);
      }
    }
    return lines;
  }
}
