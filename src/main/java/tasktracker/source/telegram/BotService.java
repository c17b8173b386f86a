package tasktracker.source.telegram;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tasktracker.source.LenientJson;

/** What a service message of the Bot API tells, under the names that exports give to the same events. */
final class BotService {

  private static final Map<String, String> ACTIONS = Map.ofEntries(Map.entry("new_chat_members", "invite_members"),
      Map.entry("left_chat_member", "remove_members"), Map.entry("new_chat_title", "edit_group_title"),
      Map.entry("new_chat_photo", "edit_group_photo"), Map.entry("delete_chat_photo", "delete_group_photo"),
      Map.entry("group_chat_created", "create_group"), Map.entry("supergroup_chat_created", "create_group"),
      Map.entry("channel_chat_created", "create_channel"), Map.entry("pinned_message", "pin_message"),
      Map.entry("migrate_to_chat_id", "migrate_to_supergroup"), Map.entry("migrate_from_chat_id", "migrate_from_group"),
      Map.entry("forum_topic_created", "topic_created"), Map.entry("forum_topic_edited", "topic_edit"),
      Map.entry("forum_topic_closed", "topic_closed"), Map.entry("forum_topic_reopened", "topic_reopened"),
      Map.entry("video_chat_started", "group_call_started"), Map.entry("video_chat_ended", "group_call"),
      Map.entry("video_chat_scheduled", "group_call_scheduled"),
      Map.entry("message_auto_delete_timer_changed", "set_messages_ttl"),
      Map.entry("write_access_allowed", "write_access"), Map.entry("boost_added", "boost_apply"),
      Map.entry("giveaway_created", "giveaway_launch"), Map.entry("giveaway_completed", "giveaway_results"));

  /** Members every message may have; any other one names an event that came after this was written. */
  private static final Set<String> USUAL = Set.of("message_id", "message_thread_id", "from", "sender_chat", "date",
      "chat", "is_topic_message", "author_signature", "sender_business_bot", "sender_boost_count",
      "business_connection_id", "edit_date", "has_protected_content", "reply_to_message", "reply_markup", "via_bot",
      "direct_messages_topic", "is_paid_post", "forward_origin", "forward_date", "is_automatic_forward", "text",
      "caption", "entities", "caption_entities", "link_preview_options", "has_media_spoiler", "media_group_id",
      "show_caption_above_media", "quote", "external_reply", "effect_id", "paid_star_count");

  private BotService() {}

  /** The export's name of the event, or the Bot API's own for one without; null when there is none. */
  static @Nullable String action(LenientJson row) {
    Set<String> members = row.json().keySet();
    return members.stream().filter(ACTIONS::containsKey).sorted().findFirst().map(ACTIONS::get)
        .or(() -> members.stream().filter(m -> !USUAL.contains(m)).sorted().findFirst()).orElse(null);
  }

  static @Nullable String detail(LenientJson row) {
    if (row.has("new_chat_title")) {
      return row.words("new_chat_title");
    }
    if (row.has("new_chat_members")) {
      return row.rows("new_chat_members").stream().map(BotService::name).filter(Objects::nonNull)
          .collect(Collectors.joining(", "));
    }
    if (row.row("left_chat_member") != null) {
      return name(row.row("left_chat_member"));
    }
    return Optional.ofNullable(row.row("forum_topic_created")).or(() -> Optional.ofNullable(row.row("forum_topic_edited")))
        .map(topic -> topic.words("name"))
        .orElse(row.row("video_chat_ended") == null ? null : PlaceholderText.duration(row.row("video_chat_ended").number("duration")));
  }

  private static @Nullable String name(LenientJson person) {
    String last = person.words("last_name");
    return last == null ? person.words("first_name") : person.words("first_name") + " " + last;
  }
}
