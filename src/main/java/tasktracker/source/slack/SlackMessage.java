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
import tasktracker.source.TranscriptEntry;
import tasktracker.source.LenientJson;

/** Reads one message of Slack. Its time stamp, kept as text, is its id inside the conversation. */
record SlackMessage(ChatRef chat, LenientJson row, SlackDirectory directory) {

  private static final Set<String> SERVICE = Set.of("pinned_item", "unpinned_item", "ekm_access_denied", "bot_add",
      "bot_remove", "reminder_add", "reply_broadcast", "huddle_thread", "sh_room_created");
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
    return sentAt == null ? new TranscriptEntry.Skipped("without_date", true)
        : TranscriptEntry.of(message(new SlackContent(row, directory).text(), sentAt));
  }

  private IncomingMessage message(SlackText text, Instant sentAt) {
    String thread = row.words("thread_ts");
    String ts = Objects.requireNonNull(row.text("ts"));
    LenientJson edited = row.row("edited");
    return new IncomingMessage(chat, ts, SlackAuthors.author(row, directory), sentAt,
        edited == null ? null : moment(edited.text("ts")), kind(text), text.isBlank() ? standIn() : text.text(),
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
    if (SERVICE.contains(subtype) || subtype.startsWith("group_") || subtype.startsWith("channel_")) {
      return MessageKind.SERVICE;
    }
    return !SlackFiles.of(row).isEmpty() ? MessageKind.MEDIA : text.isBlank() ? MessageKind.UNSUPPORTED : MessageKind.TEXT;
  }

  private String standIn() {
    List<LenientJson> files = SlackFiles.of(row);
    String subtype = row.words("subtype");
    return !files.isEmpty() ? SlackFiles.standIn(files) : subtype == null ? "[Media]" : "[" + subtype.replace('_', ' ') + "]";
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
