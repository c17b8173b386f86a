package tasktracker.source.telegram;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tasktracker.message.IncomingMessage.ChatRef;
import tasktracker.platform.data.StorableText;
import tasktracker.source.format.LenientJson;

/**
 * A person changed their reactions, or Telegram sends the counts of anonymous reactions.
 *
 * @param actor the person; {@link #EVERYBODY} for counts
 * @param before the person's former reactions with their counts; empty for counts
 * @param after the current reactions
 */
public record ReactionChange(ChatRef chat, String messageId, String actor, Instant at, Map<String, Integer> before,
    Map<String, Integer> after) {

  static final String EVERYBODY = "*";
  /** The name of every custom emoji. */
  static final String CUSTOM_EMOJI = "custom emoji";
  /** Different emoji of one message that are counted; Telegram has fewer. */
  private static final int MAX_EMOJI = 100;
  /** UTF-16 units of an emoji. */
  private static final int MAX_LENGTH = 64;
  /** The sum of {@link #MAX_EMOJI} such counts is still an int. */
  private static final int MAX_COUNT = 20_000_000;

  /** The changes in an update; empty when it contains none or is incomplete. */
  public static List<ReactionChange> parse(LenientJson update) {
    List<ReactionChange> changes = new ArrayList<>();
    LenientJson one = update.object("message_reaction");
    LenientJson counts = update.object("message_reaction_count");
    String actor = one == null ? null : actor(one);
    if (one != null && actor != null) {
      of(one, actor, chosen(one.objects("old_reaction")), chosen(one.objects("new_reaction"))).ifPresent(changes::add);
    }
    if (counts != null) {
      of(counts, EVERYBODY, Map.of(), counted(counts.objects("reactions"))).ifPresent(changes::add);
    }
    return List.copyOf(changes);
  }

  /** The change, unless the object lacks the chat, the message or the time. */
  private static Optional<ReactionChange> of(LenientJson object, String actor, Map<String, Integer> before, Map<String, Integer> after) {
    ChatRef chat = chat(object.object("chat"));
    Instant at = object.instant("date");
    if (chat == null || object.number("message_id") == null || at == null) {
      return Optional.empty();
    }
    return Optional.of(new ReactionChange(chat, String.valueOf(object.text("message_id")), actor, at, before, after));
  }

  private static @Nullable ChatRef chat(@Nullable LenientJson chat) {
    Long id = chat == null ? null : chat.number("id");
    String type = chat == null ? null : chat.text("type");
    return chat == null || id == null || type == null ? null : PeerKey.chat(type, id, chat.nonBlank("title"));
  }

  private static @Nullable String actor(LenientJson object) {
    LenientJson user = object.object("user");
    LenientJson chat = object.object("actor_chat");
    Long id = user != null ? user.number("id") : chat != null ? chat.number("id") : null;
    return id == null ? null : PeerKey.key(id);
  }

  private static Map<String, Integer> chosen(List<LenientJson> reactions) {
    Map<String, Integer> chosen = new TreeMap<>();
    reactions.stream().limit(MAX_EMOJI).map(ReactionChange::emoji).filter(emoji -> !emoji.isEmpty())
        .forEach(emoji -> chosen.merge(emoji, 1, Integer::sum));
    return chosen;
  }

  private static Map<String, Integer> counted(List<LenientJson> reactions) {
    Map<String, Integer> counts = new TreeMap<>();
    for (LenientJson reaction : reactions.subList(0, Math.min(reactions.size(), MAX_EMOJI))) {
      Long count = reaction.number("total_count");
      String emoji = reaction.object("type") == null ? "" : emoji(reaction.object("type"));
      if (!emoji.isEmpty() && count != null && count > 0) {
        counts.merge(emoji, (int) Math.min(count, MAX_COUNT), Integer::sum);
      }
    }
    return counts;
  }

  /**
   * The emoji of a reaction, by its type; empty for an unknown type. A custom emoji has only an id, which says nothing to a
   * reader, so all custom emoji are counted together.
   */
  public static String emoji(LenientJson reaction) {
    return switch (String.valueOf(reaction.text("type"))) {
      case "emoji" -> StorableText.truncate(Objects.requireNonNullElse(reaction.nonBlank("emoji"), ""), MAX_LENGTH);
      case "custom_emoji" -> CUSTOM_EMOJI;
      case "paid" -> "⭐";
      default -> "";
    };
  }
}
