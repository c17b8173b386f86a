package tasktracker.source.telegram.update;

import static tasktracker.source.telegram.text.FormattedText.join;
import static tasktracker.source.telegram.text.FormattedText.plainText;

import jakarta.json.JsonArray;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tasktracker.source.format.LenientJson;
import tasktracker.source.telegram.ServiceMessageText;
import tasktracker.source.telegram.text.Checklist;

/**
 * Service messages of the Bot API that contain text of people, and those that exports do not name: a label, then the
 * text.
 */
final class BotServiceEvents {

  /** The text of an event, by its member. */
  private static final Map<String, Function<LenientJson, String>> EVENTS = Map.ofEntries(
      Map.entry("checklist_tasks_added", BotServiceEvents::added), Map.entry("checklist_tasks_done", BotServiceEvents::done),
      event("suggested_post_approved", "approved the suggested post", post -> null),
      event("suggested_post_approval_failed", "the suggested post could not be approved", post -> null),
      event("suggested_post_declined", "declined the suggested post", post -> plainText(post, "comment")),
      event("suggested_post_paid", "the suggested post was paid for", post -> null),
      event("suggested_post_refunded", "the suggested post was refunded", post -> spaced(plainText(post, "reason"))),
      event("gift", "sent a gift", gift -> plainText(gift, "text")),
      event("gift_upgrade_sent", "paid for the upgrade of a gift", gift -> plainText(gift, "text")),
      event("unique_gift", "sent a gift", BotServiceEvents::uniqueGift),
      event("poll_option_added", "added to the poll", option -> plainText(option, "option_text")),
      event("poll_option_deleted", "removed from the poll", option -> plainText(option, "option_text")),
      event("web_app_data", "sent data of a web app", data -> plainText(data, "button_text")),
      event("users_shared", "shared users", shared -> BotServiceMessage.names(shared.objects("users"))),
      event("chat_shared", "shared a chat", BotServiceMessage::name),
      event("video_chat_participants_invited", "invited to the group call", invited -> BotServiceMessage.names(invited.objects("users"))),
      event("proximity_alert_triggered", "came near", alert -> join(", ", name(alert, "traveler"), name(alert, "watcher"))),
      event("chat_owner_changed", "changed the owner of the chat", change -> name(change, "new_owner")),
      event("chat_owner_left", "the owner left the chat", change -> name(change, "new_owner")),
      event("managed_bot_created", "created a bot", created -> name(created, "bot")),
      event("community_chat_added", "added the chat to a community", added -> name(added, "community")),
      event("community_chat_removed", "removed the chat from a community", removed -> null),
      event("community_chat_joined", "joined from a community", joined -> name(joined, "community")),
      event("successful_payment", "paid", payment -> null), event("refunded_payment", "the payment was refunded", payment -> null),
      event("passport_data", "shared documents", data -> null), event("chat_background_set", "changed the background", set -> null),
      event("general_forum_topic_hidden", "hid the general topic", topic -> null),
      event("general_forum_topic_unhidden", "showed the general topic", topic -> null),
      event("paid_message_price_changed", "changed the price of messages", price -> null),
      event("direct_message_price_changed", "changed the price of direct messages", price -> null));

  private BotServiceEvents() {}

  private static Map.Entry<String, Function<LenientJson, String>> event(String member, String label,
      Function<LenientJson, @Nullable String> words) {
    return Map.entry(member, object -> ServiceMessageText.of(label, words.apply(object)));
  }

  /** The text of the event, or null when it is none of these. */
  static @Nullable String text(LenientJson object) {
    String website = plainText(object, "connected_website");
    return website != null
        ? ServiceMessageText.of("logged in to a website", website)
        : EVENTS.entrySet().stream().sorted(Map.Entry.comparingByKey())
            .flatMap(e -> Stream.ofNullable(object.object(e.getKey())).map(e.getValue()))
            .findFirst().orElse(null);
  }

  private static String added(LenientJson added) {
    return ServiceMessageText.of("added tasks", Checklist.names(Checklist.tasks(added.objects("tasks"))));
  }

  /** The update contains only ids; the texts are in the checklist, if it is included. */
  private static String done(LenientJson change) {
    LenientJson message = change.object("checklist_message");
    LenientJson checklist = message == null ? null : message.object("checklist");
    String done = marked("marked as done", "marked_as_done_task_ids", change, checklist);
    String open = marked("marked as not done", "marked_as_not_done_task_ids", change, checklist);
    String both = join("\n", done, open);
    return both == null ? ServiceMessageText.of("changed tasks", null) : both;
  }

  private static @Nullable String marked(String label, String key, LenientJson change, @Nullable LenientJson checklist) {
    Set<Long> ids = ids(change, key);
    return ids.isEmpty() ? null : ServiceMessageText.of(label, checklist == null ? null : Checklist.ofBotApi(checklist).names(ids));
  }

  private static Set<Long> ids(LenientJson change, String key) {
    Set<Long> ids = new LinkedHashSet<>();
    if (change.json().get(key) instanceof JsonArray listed) {
      listed.stream().map(String::valueOf).filter(id -> id.matches("\\d{1,18}")).map(Long::valueOf).forEach(ids::add);
    }
    return ids;
  }

  private static @Nullable String uniqueGift(LenientJson info) {
    LenientJson gift = info.object("gift");
    String number = gift == null || gift.number("number") == null ? null : "#" + gift.number("number");
    String name = gift == null ? null : join(" ", plainText(gift, "base_name"), number);
    return join(", ", name, plainText(info, "text"));
  }

  private static @Nullable String name(LenientJson object, String key) {
    LenientJson named = object.object(key);
    return named == null ? null : named.nonBlank("name") == null ? BotServiceMessage.name(named) : named.nonBlank("name");
  }

  private static @Nullable String spaced(@Nullable String code) {
    return code == null ? null : code.replace('_', ' ');
  }
}
