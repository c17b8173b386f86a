package tasktracker.source.telegram;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tasktracker.message.IncomingMessage.ChatRef;
import tasktracker.platform.data.StorableText;
import tasktracker.source.LenientJson;

/**
 * Somebody chose emoji or took them back, or Telegram tells the counts where nobody is named.
 *
 * @param actor who; {@link #EVERYBODY} for counts
 * @param before what they had until then, and how often; nothing for counts
 * @param after what they have now
 */
record ReactionChange(ChatRef chat, String messageId, String actor, Instant at, Map<String, Integer> before,
    Map<String, Integer> after) {

  static final String EVERYBODY = "*";
  /** Different emoji of one message that are counted; Telegram has fewer, except for custom ones. */
  private static final int MOST = 100;
  /** Of the longest emoji; ids of custom ones are shorter. */
  private static final int LONGEST = 64;

  /** The changes in an update; none when it is about something else or tells too little. */
  static List<ReactionChange> in(LenientJson update) {
    List<ReactionChange> changes = new ArrayList<>();
    LenientJson one = update.row("message_reaction");
    LenientJson counts = update.row("message_reaction_count");
    if (one != null && actor(one) != null && isComplete(one)) {
      changes.add(of(one, String.valueOf(actor(one)), emoji(one.rows("old_reaction")), emoji(one.rows("new_reaction"))));
    }
    if (counts != null && isComplete(counts)) {
      changes.add(of(counts, EVERYBODY, Map.of(), counted(counts.rows("reactions"))));
    }
    return List.copyOf(changes);
  }

  private static boolean isComplete(LenientJson row) {
    LenientJson chat = row.row("chat");
    return chat != null && chat.number("id") != null && chat.text("type") != null && row.number("message_id") != null
        && row.moment("date") != null;
  }

  private static ReactionChange of(LenientJson row, String actor, Map<String, Integer> before, Map<String, Integer> after) {
    LenientJson chat = row.row("chat");
    return new ReactionChange(PeerKey.chat(String.valueOf(chat.text("type")), chat.number("id"), chat.words("title")),
        String.valueOf(row.text("message_id")), actor, row.moment("date"), before, after);
  }

  private static @Nullable String actor(LenientJson row) {
    LenientJson user = row.row("user");
    LenientJson chat = row.row("actor_chat");
    Long id = user != null ? user.number("id") : chat != null ? chat.number("id") : null;
    return id == null ? null : PeerKey.key(id);
  }

  private static Map<String, Integer> emoji(List<LenientJson> reactions) {
    Map<String, Integer> chosen = new TreeMap<>();
    reactions.stream().limit(MOST).forEach(r -> chosen.merge(name(r), 1, Integer::sum));
    return chosen;
  }

  private static Map<String, Integer> counted(List<LenientJson> reactions) {
    Map<String, Integer> counts = new TreeMap<>();
    for (LenientJson reaction : reactions.subList(0, Math.min(reactions.size(), MOST))) {
      Long count = reaction.number("total_count");
      if (reaction.row("type") != null && count != null && count > 0) {
        counts.merge(name(reaction.row("type")), (int) Math.min(count, 1_000_000_000), Integer::sum);
      }
    }
    return counts;
  }

  private static String name(LenientJson type) {
    String emoji = type.words("emoji");
    String custom = type.words("custom_emoji_id");
    return StorableText.truncate(emoji != null ? emoji : custom != null ? custom : "⭐", LONGEST);
  }
}
