package tasktracker.source.slack;

import org.jspecify.annotations.Nullable;
import tasktracker.message.IncomingMessage;
import tasktracker.person.Speaker;
import tasktracker.platform.data.StorableText;
import tasktracker.source.format.LenientJson;

/** Identifies authors by Slack's user lists and by the message itself. */
final class SlackAuthors {

  private static final String SLACKBOT = "USLACKBOT";

  private SlackAuthors() {}

  static Speaker speaker(String id, LenientJson user) {
    LenientJson profile = user.object("profile");
    String real = profile == null ? null : profile.nonBlank("real_name");
    String name = real != null ? real : user.nonBlank("real_name") != null ? user.nonBlank("real_name") : user.nonBlank("name");
    String address = profile == null ? null : profile.nonBlank("email");
    return new Speaker(id, name == null ? id : name, null, user.nonBlank("name"), address, null, user.isTrue("is_bot"), false);
  }

  /**
   * The author of a message: a user, the user inside a comment, a bot, or unknown. Several bots may post with one id
   * and different user names, and some have no id, so the name identifies them.
   */
  static Speaker author(LenientJson message, SlackDirectory directory) {
    String id = user(message);
    if (id != null) {
      Speaker known = directory.person(id);
      return known != null ? known : id.equals(SLACKBOT) ? bot(id, "Slackbot") : Speaker.named(id, nameOf(message, id));
    }
    String bot = message.nonBlank("bot_id");
    String name = message.nonBlank("username");
    if (name != null) {
      return bot(StorableText.truncate("bot:" + name, IncomingMessage.MAX_ID_LENGTH), name);
    }
    return bot == null ? Speaker.named("unknown", Speaker.UNKNOWN) : bot(bot, nameOf(message, bot));
  }

  private static @Nullable String user(LenientJson message) {
    LenientJson comment = message.object("comment");
    String commenter = comment == null ? null : comment.nonBlank("user");
    return commenter == null ? message.nonBlank("user") : commenter;
  }

  private static Speaker bot(String id, String name) {
    return new Speaker(id, name, null, null, null, null, true, false);
  }

  private static String nameOf(LenientJson message, String otherwise) {
    LenientJson profile = message.object("user_profile") == null ? message.object("bot_profile") : message.object("user_profile");
    String name = profile == null ? null : profile.nonBlank("real_name") == null ? profile.nonBlank("name") : profile.nonBlank("real_name");
    return name != null ? name : message.nonBlank("username") != null ? message.nonBlank("username") : otherwise;
  }
}
