package tasktracker.source.slack;

import jakarta.json.JsonValue;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tasktracker.source.LenientJson;

/** All words of a message: its text or its blocks, its attachments, and what is said in its recordings. */
record SlackContent(LenientJson row, SlackDirectory directory) {

  /** What Slack and its programs write in the place of words that stand elsewhere. */
  private static final Set<String> PLACEHOLDERS = Set.of("this message contains interactive elements.",
      "this content can't be displayed.", "this content can’t be displayed.", "[no preview available]", "no preview available");

  SlackText text() {
    SlackTextBuilder writer = new SlackTextBuilder(directory);
    body(writer);
    row.rows("attachments").forEach(attachment -> attachment(attachment, writer));
    String transcripts = SlackFiles.transcripts(SlackFiles.of(row));
    if (transcripts != null) {
      writer.line().plain(transcripts);
    }
    return writer.written();
  }

  /** The text of a message from a program is what a notification shows, and its blocks are the message. */
  private void body(SlackTextBuilder writer) {
    SlackText text = written(row.json().get("text"));
    SlackText blocks = blocks(row);
    boolean isText = !text.isBlank() && (blocks.isBlank() || !isPlaceholder(text));
    if (isText && (SlackBlockReader.areRichTextOnly(row.rows("blocks")) || text.containsLinesOf(blocks))) {
      writer.add(text);
      return;
    }
    if (isText && !blocks.containsLinesOf(text)) {
      writer.add(text);
      writer.line();
    }
    writer.add(blocks);
  }

  private SlackText written(@Nullable JsonValue text) {
    SlackTextBuilder writer = new SlackTextBuilder(directory);
    new SlackBlockReader(writer).text(text);
    return writer.written();
  }

  private SlackText blocks(LenientJson of) {
    SlackTextBuilder writer = new SlackTextBuilder(directory);
    new SlackBlockReader(writer).write(of.rows("blocks"));
    return writer.written();
  }

  private static boolean isPlaceholder(SlackText text) {
    return PLACEHOLDERS.contains(text.text().strip().toLowerCase(Locale.ROOT));
  }

  private void attachment(LenientJson attachment, SlackTextBuilder writer) {
    int start = writer.line().length();
    SlackBlockReader texts = new SlackBlockReader(writer);
    texts.text(attachment.json().get("pretext"));
    writer.line();
    title(attachment, writer);
    writer.line();
    texts.text(attachment.json().get("text"));
    attachment.rows("fields").forEach(field -> field(field, writer));
    texts.write(attachment.rows("blocks"));
    if (writer.length() == start) {
      fallback(attachment, writer);
    }
  }

  private void title(LenientJson attachment, SlackTextBuilder writer) {
    SlackText title = written(attachment.json().get("title"));
    String link = attachment.words("title_link");
    if (link != null && !title.isBlank()) {
      writer.link(link, title.text());
    } else {
      writer.add(title);
    }
  }

  private void field(LenientJson field, SlackTextBuilder writer) {
    SlackText title = written(field.json().get("title"));
    SlackText value = written(field.json().get("value"));
    String words = value.isBlank() ? String.valueOf(field.words("value") == null ? "" : field.words("value")) : "";
    writer.line();
    writer.add(title);
    writer.plain((title.isBlank() || value.isBlank() && words.isEmpty() ? "" : ": ") + words);
    writer.add(value);
  }

  /** Of an attachment without words: those of the message that it shares, or what it says of itself. */
  private void fallback(LenientJson attachment, SlackTextBuilder writer) {
    List<LenientJson> shared = attachment.rows("message_blocks").stream().map(m -> m.row("message")).filter(Objects::nonNull).toList();
    shared.forEach(message -> new SlackBlockReader(writer).write(message.rows("blocks")));
    SlackText fallback = written(attachment.json().get("fallback"));
    if (shared.isEmpty() && !isPlaceholder(fallback)) {
      writer.add(fallback);
    }
  }
}
