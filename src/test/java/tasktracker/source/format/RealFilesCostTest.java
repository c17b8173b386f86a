package tasktracker.source.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import tasktracker.source.AllocatedBytes;
import tasktracker.source.ImportCase;
import tasktracker.source.slack.SlackExportFormat;
import tasktracker.source.telegram.export.TelegramExportFormat;

/** Whatever is mended or left out in a file takes the same work for each of it. */
class RealFilesCostTest {

  @Test
  void eachPathWithoutQuotesTakesTheSameWork() {
    AllocatedBytes.isLinear(100, n -> telegram("\"text\": ["
        + repeat(n, i -> "{\"type\": \"custom_emoji\", \"text\": \"x\", \"document_id\": stickers/a (" + i + ").tgs\n}") + "]"));
    AllocatedBytes.isLinear(100,
        n -> telegram("\"text\": \"a\", \"x\": [" + repeat(n, i -> "{\"document_id\": " + "9".repeat(500) + "}") + "]"));
  }

  @Test
  void aValueWithoutQuotesAndWithoutEndTakesNoMemory() {
    AllocatedBytes.isLinear(10_000,
        n -> assertThat(
            ImportCase.read(new TelegramExportFormat(), "x", bytes("{\"id\": 1, \"type\": \"a\", \"x\": " + "a,".repeat(n))).refusal())
            .isNotNull());
  }

  @Test
  void eachLineThatCannotBeReadTakesTheSameWork() {
    AllocatedBytes.isLinear(500,
        n -> assertThat(ImportCase.read(new JsonLinesFormat(), "x", bytes("{\"a\":\n".repeat(n))).unreadable()).hasSize(n));
  }

  @Test
  void eachChatThatCannotBeReadTakesTheSameWork() {
    AllocatedBytes.isLinear(500,
        n -> assertThat(ImportCase
            .read(new TelegramExportFormat(), "x", bytes("{\"chats\": {\"list\": [" + repeat(n, i -> "{\"messages\": [1, 2]}") + "]}}"))
            .unreadable()).hasSize(n));
  }

  @Test
  void eachBlockAttachmentAndListItemTakesTheSameWork() {
    AllocatedBytes.isLinear(100, n -> slack("\"blocks\": ["
        + repeat(n, i -> "{\"type\": \"section\", \"text\": {\"type\": \"mrkdwn\", \"text\": \"*a* <@U1> " + i + "\"}}") + "]"));
    AllocatedBytes.isLinear(100, n -> slack("\"attachments\": ["
        + repeat(n, i -> "{\"title\": \"t\", \"text\": \"<@U1>\", \"fields\": [{\"title\": \"a\", \"value\": \"b\"}]}") + "]"));
    AllocatedBytes.isLinear(100,
        n -> slack("\"blocks\": [{\"type\": \"rich_text\", \"elements\": [{\"type\": \"rich_text_list\", \"elements\": ["
            + repeat(n, i -> "{\"type\": \"rich_text_section\", \"elements\": [{\"type\": \"text\", \"text\": \"a\"}]}") + "]}]}]"));
    AllocatedBytes.isLinear(200,
        n -> slack("\"blocks\": [{\"type\": \"header\", \"text\": \"" + "b\\n".repeat(n) + "\"}], \"text\": \"" + "a\\n".repeat(n) + "\""));
  }

  private interface Piece {
    String of(int number);
  }

  private static String repeat(int times, Piece piece) {
    return IntStream.range(0, times).mapToObj(piece::of).collect(Collectors.joining(","));
  }

  private static void telegram(String members) {
    String export = "{\"id\": 1, \"type\": \"private_group\", \"messages\": [{\"id\": 1, \"date_unixtime\": \"1761000000\", " + members
        + "}]}";
    assertThat(ImportCase.read(new TelegramExportFormat(), "x", bytes(export)).said()).hasSize(1);
  }

  private static void slack(String members) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("users.json"));
      zip.write("[]".getBytes(StandardCharsets.UTF_8));
      zip.putNextEntry(new ZipEntry("a/2026-05-04.json"));
      zip.write(("[{\"ts\": \"1777888800.000100\", " + members + "}]").getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    assertThat(ImportCase.read(new SlackExportFormat(), "x", new ByteArrayInputStream(bytes.toByteArray())).said()).hasSize(1);
  }

  private static ByteArrayInputStream bytes(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }
}
