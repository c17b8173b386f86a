package tasktracker.message.feed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.web.ValueFormats;

/** Writes messages as comma-separated values (RFC 4180) in which spreadsheets treat every cell as text. */
final class MessageCsv {

  private static final List<String> HEAD = List.of("id", "external_message_id", "sent_at", "source", "chat", "author",
      "content", "importance_score", "noise_classification", "language", "edited_at", "strength");

  private MessageCsv() {}

  static void writeHeader(Writer out) {
    // Spreadsheets recognise UTF-8 by the byte order mark.
    write(out, "\uFEFF" + String.join(",", HEAD) + "\r\n");
  }

  static void writeRow(Writer out, ValueFormats formats, MessageItem m) {
    write(out, Stream.of(m.id(), m.externalMessageId(), formats.precise(m.sentAt()), m.sourceName(), m.chatTitle(), m.authorName(),
        m.content(), m.importanceScore(), m.noiseClassification(), m.language(),
        m.editedAt() == null ? null : formats.precise(m.editedAt()), m.strength())
        .map(MessageCsv::cell).collect(Collectors.joining(",", "", "\r\n")));
  }

  static String cell(@Nullable Object value) {
    String text = value == null ? "" : value.toString();
    // Without the quote, a spreadsheet would evaluate a cell that starts like a formula.
    String safe = !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    return safe.matches("(?s).*[\",\r\n].*") ? '"' + safe.replace("\"", "\"\"") + '"' : safe;
  }

  private static void write(Writer out, String text) {
    try {
      out.write(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
