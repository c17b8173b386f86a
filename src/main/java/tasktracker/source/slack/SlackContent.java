package tasktracker.source.slack;

import jakarta.json.JsonValue;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tasktracker.source.format.LenientJson;

/** The whole text of a message: its text or blocks, its attachments, and the transcripts of its recordings. */
record SlackContent(LenientJson row, SlackDirectory directory) {

  /** Placeholders that Slack and its apps write instead of the content. */
  private static final Set<String> PLACEHOLDERS = Set.of("this message contains interactive elements.",
      "this content can't be displayed.", "this content can’t be displayed.", "[no preview available]", "no preview available");

  SlackText text() {
    SlackTextBuilder writer = new SlackTextBuilder(directory);
    writeBody(writer);
    row.objects("attachments").forEach(attachment -> writeAttachment(attachment, writer));
    String transcripts = SlackFiles.transcripts(SlackFiles.of(row));
    if (transcripts != null) {
      writer.line().append(transcripts);
    }
    return writer.build();
  }

  /** For a message of an app, the text is the notification and the blocks are the message. */
  private void writeBody(SlackTextBuilder writer) {
    SlackText text = parse(row.json().get("text"));
    SlackText blocks = blocks(row);
    boolean isText = !text.isBlank() && (blocks.isBlank() || !isPlaceholder(text));
    if (isText && (SlackBlockReader.areRichTextOnly(row.objects("blocks")) || text.containsLinesOf(blocks))) {
      writer.add(text);
      return;
    }
    if (isText && !blocks.containsLinesOf(text)) {
      writer.add(text);
      writer.line();
    }
    writer.add(blocks);
  }

  private SlackText parse(@Nullable JsonValue text) {
    SlackTextBuilder writer = new SlackTextBuilder(directory);
    new SlackBlockReader(writer).text(text);
    return writer.build();
  }

  private SlackText blocks(LenientJson of) {
    SlackTextBuilder writer = new SlackTextBuilder(directory);
    new SlackBlockReader(writer).write(of.objects("blocks"));
    return writer.build();
  }

  private static boolean isPlaceholder(SlackText text) {
    return PLACEHOLDERS.contains(text.text().strip().toLowerCase(Locale.ROOT));
  }

  private void writeAttachment(LenientJson attachment, SlackTextBuilder writer) {
    int start = writer.line().length();
    SlackBlockReader texts = new SlackBlockReader(writer);
    texts.text(attachment.json().get("pretext"));
    writer.line();
    writeTitle(attachment, writer);
    writer.line();
    texts.text(attachment.json().get("text"));
    attachment.objects("fields").forEach(field -> writeField(field, writer));
    texts.write(attachment.objects("blocks"));
    if (writer.length() == start) {
      writeFallback(attachment, writer);
    }
  }

  private void writeTitle(LenientJson attachment, SlackTextBuilder writer) {
    SlackText title = parse(attachment.json().get("title"));
    String link = attachment.nonBlank("title_link");
    if (link != null && !title.isBlank()) {
      writer.link(link, title.text());
    } else {
      writer.add(title);
    }
  }

  private void writeField(LenientJson field, SlackTextBuilder writer) {
    SlackText title = parse(field.json().get("title"));
    SlackText value = parse(field.json().get("value"));
    String words = value.isBlank() ? String.valueOf(field.nonBlank("value") == null ? "" : field.nonBlank("value")) : "";
    writer.line();
    writer.add(title);
    writer.append((title.isBlank() || value.isBlank() && words.isEmpty() ? "" : ": ") + words);
    writer.add(value);
  }

  /** Of an attachment without text: the text of the shared message, or its fallback. */
  private void writeFallback(LenientJson attachment, SlackTextBuilder writer) {
    List<LenientJson> shared = attachment.objects("message_blocks").stream().map(m -> m.object("message")).filter(Objects::nonNull)
        .toList();
    shared.forEach(message -> new SlackBlockReader(writer).write(message.objects("blocks")));
    SlackText fallback = parse(attachment.json().get("fallback"));
    if (shared.isEmpty() && !isPlaceholder(fallback)) {
      writer.add(fallback);
    }
  }
}
