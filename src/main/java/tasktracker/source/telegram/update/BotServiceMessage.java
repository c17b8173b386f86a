package tasktracker.source.telegram.update;

import jakarta.json.JsonStructure;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tasktracker.source.format.LenientJson;
import tasktracker.source.telegram.PlaceholderText;
import tasktracker.source.telegram.ServiceMessageText;
import tasktracker.source.telegram.text.FormattedText;

/** Text of service messages of the Bot API, with the action names that exports use. */
final class BotServiceMessage {

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

  /** Members that any message can have; any other member is content of a kind that is not known. */
  private static final Set<String> STANDARD_MEMBERS = Set.of("message_id", "message_thread_id", "from", "sender_chat", "date",
      "chat", "is_topic_message", "author_signature", "sender_business_bot", "sender_boost_count",
      "business_connection_id", "edit_date", "has_protected_content", "reply_to_message", "reply_markup", "via_bot",
      "direct_messages_topic", "is_paid_post", "forward_origin", "forward_date", "is_automatic_forward", "text",
      "caption", "entities", "caption_entities", "link_preview_options", "has_media_spoiler", "media_group_id",
      "show_caption_above_media", "quote", "external_reply", "effect_id", "paid_star_count", "sender_tag", "receiver_user",
      "ephemeral_message_id", "guest_query_id", "guest_bot_caller_user", "guest_bot_caller_chat", "is_from_offline",
      "reply_to_story", "reply_to_checklist_task_id", "reply_to_poll_option_id", "suggested_post_info", "forward_from",
      "forward_from_chat", "forward_from_message_id", "forward_signature", "forward_sender_name");

  private static final int MAX_NAMED = 100;

  private BotServiceMessage() {}

  /** The text of the event, or null when it is not known. */
  static @Nullable String text(LenientJson object) {
    String told = BotServiceEvents.text(object);
    String action = object.json().keySet().stream().filter(ACTIONS::containsKey).sorted().findFirst().map(ACTIONS::get).orElse(null);
    return told != null ? told : action == null ? null : ServiceMessageText.of(action, detail(object));
  }

  /** The members that contain content of unknown kinds; objects and arrays come before single values. */
  static List<String> unknown(LenientJson object) {
    return object.json().keySet().stream().filter(m -> !STANDARD_MEMBERS.contains(m))
        .sorted(Comparator.<String, Boolean>comparing(m -> !(object.json().get(m) instanceof JsonStructure))
            .thenComparing(Comparator.naturalOrder()))
        .toList();
  }

  private static @Nullable String detail(LenientJson object) {
    if (object.has("new_chat_title")) {
      return object.nonBlank("new_chat_title");
    }
    if (object.has("new_chat_members")) {
      return names(object.objects("new_chat_members"));
    }
    if (object.object("left_chat_member") != null) {
      return name(object.object("left_chat_member"));
    }
    return Optional.ofNullable(object.object("forum_topic_created")).or(() -> Optional.ofNullable(object.object("forum_topic_edited")))
        .map(topic -> topic.nonBlank("name"))
        .orElse(object.object("video_chat_ended") == null
            ? null
            : PlaceholderText.duration(object.object("video_chat_ended").number("duration")));
  }

  /** The names of the first hundred people, joined. */
  static String names(List<LenientJson> people) {
    return people.stream().limit(MAX_NAMED).map(BotServiceMessage::name).filter(Objects::nonNull).collect(Collectors.joining(", "));
  }

  /** The first and last name of a person, or the title of a chat; null when there is none. */
  static @Nullable String name(LenientJson person) {
    String name = FormattedText.join(" ", person.nonBlank("first_name"), person.nonBlank("last_name"));
    return name != null ? name : person.nonBlank("title") == null ? person.nonBlank("username") : person.nonBlank("title");
  }
}
