package tasktracker.source.telegram;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Texts of service messages: a person joined, a message was pinned. */
public final class ServiceMessageText {

  private static final Map<String, String> WORDS = Map.ofEntries(
      Map.entry("create_group", "created the group"), Map.entry("create_channel", "created the channel"),
      Map.entry("edit_group_title", "renamed the chat"), Map.entry("edit_chat_title", "renamed the chat"),
      Map.entry("edit_group_photo", "changed the photo of the chat"),
      Map.entry("delete_group_photo", "removed the photo of the chat"),
      Map.entry("invite_members", "added"), Map.entry("remove_members", "removed"),
      Map.entry("join_group_by_link", "joined by a link"), Map.entry("join_group_by_request", "joined by request"),
      Map.entry("pin_message", "pinned a message"), Map.entry("migrate_to_supergroup", "the group became a supergroup"),
      Map.entry("migrate_from_group", "the group became a supergroup"), Map.entry("topic_created", "created the topic"),
      Map.entry("topic_edit", "renamed the topic"), Map.entry("topic_closed", "closed the topic"),
      Map.entry("topic_reopened", "reopened the topic"), Map.entry("group_call", "group call"),
      Map.entry("group_call_started", "started a group call"), Map.entry("group_call_scheduled", "scheduled a group call"),
      Map.entry("phone_call", "phone call"), Map.entry("set_messages_ttl", "set a timer for messages"),
      Map.entry("write_access", "allowed the bot to write"), Map.entry("boost_apply", "boosted the chat"),
      Map.entry("gift", "sent a gift"), Map.entry("giveaway_launch", "started a giveaway"),
      Map.entry("giveaway_results", "ended a giveaway"), Map.entry("send_star_gift", "sent a gift"),
      Map.entry("send_premium_gift", "sent a gift"), Map.entry("todo_append_tasks", "added tasks"),
      Map.entry("todo_completions", "changed tasks"), Map.entry("suggested_post_declined", "declined the suggested post"),
      Map.entry("suggested_post_approved", "approved the suggested post"));

  private ServiceMessageText() {}

  /**
   * The event in brackets. An unknown action is shown by its own name.
   *
   * @param action the action as exports name it
   * @param detail a title, names, a duration; or null
   */
  public static String of(@Nullable String action, @Nullable String detail) {
    String words = action == null ? "service message" : WORDS.getOrDefault(action, action.replace('_', ' '));
    return detail == null || detail.isBlank() ? "[" + words + "]" : "[" + words + ": " + detail.strip() + "]";
  }
}
