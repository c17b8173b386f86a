package tasktracker.source.slack;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tasktracker.message.IncomingMessage;
import tasktracker.message.IncomingMessage.ChatRef;
import tasktracker.message.IncomingMessage.MessageKind;
import tasktracker.message.IncomingMessage.Reaction;
import tasktracker.source.RepairedJson;
import tasktracker.source.TranscriptEntry;
import tasktracker.source.LenientJson;

/** Reads one message of Slack. Its time stamp, kept as text, is its id inside the conversation. */
record SlackMessage(ChatRef chat, LenientJson row, SlackDirectory directory) {

  private static final Set<String> SERVICE = Set.of("channel_join", "channel_leave", "channel_name", "channel_topic",
      "channel_purpose", "channel_archive", "channel_unarchive", "channel_posting_permissions", "channel_convert_to_private",
      "pinned_item", "unpinned_item", "ekm_access_denied", "bot_add", "bot_remove", "reminder_add", "reply_broadcast");
  private static final String TIME_STAMP = "\\d{1,11}(\\.\\d{1,9})?";

  /** When it was said, for sorting; what has no readable time goes first. */
  static BigDecimal at(LenientJson row) {
    String ts = row.text("ts");
    return ts != null && ts.matches(TIME_STAMP) ? new BigDecimal(ts) : BigDecimal.ZERO;
  }

  TranscriptEntry read() {
    if ("tombstone".equals(row.text("subtype"))) {
      return new TranscriptEntry.Skipped("deleted", false);
    }
    Instant sentAt = moment(row.text("ts"));
    return sentAt == null ? new TranscriptEntry.Skipped("without_date", true) : read(words(), sentAt);
  }

  /** What is far longer than any message is not looked through: names and links in it could make it longer still. */
  private TranscriptEntry read(String words, Instant sentAt) {
    return words.length() >= RepairedJson.MOST_OF_A_TEXT ? TranscriptEntry.Skipped.TOO_LARGE : TranscriptEntry.of(message(SlackText.of(words, directory), sentAt));
  }

  private IncomingMessage message(SlackText text, Instant sentAt) {
    String thread = row.words("thread_ts");
    String ts = Objects.requireNonNull(row.text("ts"));
    LenientJson edited = row.row("edited");
    return new IncomingMessage(chat, ts, SlackPeople.author(row, directory), sentAt,
        edited == null ? null : moment(edited.text("ts")), kind(text), text.text().isBlank() ? standIn() : text.text(),
        text.entities(), thread, null, thread == null || thread.equals(ts) ? null : thread, null, null, reactions());
  }

  private static @Nullable Instant moment(@Nullable String ts) {
    if (ts == null || !ts.matches(TIME_STAMP)) {
      return null;
    }
    BigDecimal seconds = new BigDecimal(ts);
    long whole = seconds.longValue();
    return Instant.ofEpochSecond(whole, seconds.subtract(BigDecimal.valueOf(whole)).movePointRight(9).longValue());
  }

  private MessageKind kind(SlackText text) {
    String subtype = String.valueOf(row.text("subtype"));
    if (SERVICE.contains(subtype) || subtype.startsWith("group_")) {
      return MessageKind.SERVICE;
    }
    return !files().isEmpty() ? MessageKind.MEDIA : text.text().isBlank() ? MessageKind.UNSUPPORTED : MessageKind.TEXT;
  }

  /** Some programs leave the text empty and write into attachments or blocks instead. */
  private String words() {
    String text = row.words("text");
    if (text != null) {
      return String.valueOf(row.text("text"));
    }
    StringBuilder words = new StringBuilder();
    row.rows("attachments").forEach(a -> line(words, a.words("text") == null ? a.words("fallback") : a.words("text")));
    if (words.isEmpty()) {
      row.rows("blocks").forEach(block -> line(words, SlackBlocks.text(block)));
    }
    return words.toString();
  }

  private static void line(StringBuilder words, @Nullable String text) {
    if (text != null && !text.isBlank()) {
      words.append(words.isEmpty() ? "" : "\n").append(text);
    }
  }

  private List<LenientJson> files() {
    LenientJson single = row.row("file");
    return single != null ? List.of(single) : row.rows("files");
  }

  private String standIn() {
    String name = files().isEmpty() ? null : files().getFirst().words("name");
    return files().isEmpty() ? "[Media]" : name == null ? "[File]" : "[File, " + name + "]";
  }

  private List<Reaction> reactions() {
    return row.rows("reactions").stream().map(SlackMessage::reaction).filter(Objects::nonNull).toList();
  }

  private static @Nullable Reaction reaction(LenientJson row) {
    String name = row.words("name");
    Long count = row.number("count");
    return name == null || count == null || count < 1 || count > Integer.MAX_VALUE ? null
        : new Reaction(":" + name + ":", count.intValue());
  }
}
