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
import tasktracker.platform.web.LocalizedMessage;
import tasktracker.source.format.LenientJson;
import tasktracker.source.format.TranscriptEntry;
import tasktracker.source.format.UnreadableFile;

/** Parses one message of Slack. Its timestamp, as text, is its id in the conversation. */
record SlackMessage(ChatRef chat, LenientJson object, SlackDirectory directory) {

  private static final Set<String> SERVICE = Set.of("pinned_item", "unpinned_item", "ekm_access_denied", "bot_add",
      "bot_remove", "reminder_add", "reply_broadcast", "huddle_thread", "sh_room_created");
  private static final String TIME_STAMP = "\\d{1,11}(\\.\\d{1,9})?";

  /** The time for sorting; a message without a valid time comes first. */
  static BigDecimal at(LenientJson object) {
    String ts = object.text("ts");
    return ts != null && ts.matches(TIME_STAMP) ? new BigDecimal(ts) : BigDecimal.ZERO;
  }

  /**
   * Parses it.
   *
   * @param position its position in the file
   * @throws UnreadableFile when it has no valid timestamp
   */
  TranscriptEntry parse(LocalizedMessage position) {
    if ("tombstone".equals(object.text("subtype"))) {
      return new TranscriptEntry.Skipped("deleted", false);
    }
    Instant sentAt = moment(object.text("ts"));
    if (sentAt == null) {
      throw UnreadableFile.wrongFormat(LocalizedMessage.of("problem.file.slack.ts", position));
    }
    return TranscriptEntry.of(message(new SlackContent(object, directory).text(), sentAt));
  }

  private IncomingMessage message(SlackText text, Instant sentAt) {
    String thread = object.nonBlank("thread_ts");
    String ts = Objects.requireNonNull(object.text("ts"));
    LenientJson edited = object.object("edited");
    return new IncomingMessage(chat, ts, SlackAuthors.author(object, directory), sentAt,
        edited == null ? null : moment(edited.text("ts")), kind(text), text.isBlank() ? placeholder() : text.text(),
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
    String subtype = String.valueOf(object.text("subtype"));
    if (SERVICE.contains(subtype) || subtype.startsWith("group_") || subtype.startsWith("channel_")) {
      return MessageKind.SERVICE;
    }
    return !SlackFiles.of(object).isEmpty() ? MessageKind.MEDIA : text.isBlank() ? MessageKind.UNSUPPORTED : MessageKind.TEXT;
  }

  private String placeholder() {
    List<LenientJson> files = SlackFiles.of(object);
    String subtype = object.nonBlank("subtype");
    return !files.isEmpty() ? SlackFiles.placeholder(files) : subtype == null ? "[Media]" : "[" + subtype.replace('_', ' ') + "]";
  }

  private List<Reaction> reactions() {
    return object.objects("reactions").stream().map(SlackMessage::reaction).filter(Objects::nonNull).toList();
  }

  private static @Nullable Reaction reaction(LenientJson object) {
    String name = object.nonBlank("name");
    Long count = object.number("count");
    return name == null || count == null || count < 1 || count > Integer.MAX_VALUE
        ? null
        : new Reaction(":" + name + ":", count.intValue());
  }
}
