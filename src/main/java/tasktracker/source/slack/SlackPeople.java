package tasktracker.source.slack;

import org.jspecify.annotations.Nullable;
import tasktracker.person.Speaker;
import tasktracker.source.LenientJson;

/** Who somebody is, by Slack's lists of users and by what a message itself tells. */
final class SlackPeople {

  private SlackPeople() {}

  static Speaker speaker(String id, LenientJson user) {
    LenientJson profile = user.row("profile");
    String real = profile == null ? null : profile.words("real_name");
    String name = real != null ? real : user.words("real_name") != null ? user.words("real_name") : user.words("name");
    String address = profile == null ? null : profile.words("email");
    return new Speaker(id, name == null ? id : name, null, user.words("name"), address, null, user.isTrue("is_bot"), false);
  }

  /** The author of a message: a user, the user inside a comment, a bot, or nobody that is told. */
  static Speaker author(LenientJson message, SlackDirectory directory) {
    LenientJson comment = message.row("comment");
    String id = message.words("user") == null && comment != null ? comment.words("user") : message.words("user");
    if (id != null) {
      Speaker known = directory.person(id);
      return known != null ? known : Speaker.named(id, told(message, id));
    }
    String bot = message.words("bot_id");
    return bot == null ? Speaker.named("unknown", "Unknown")
        : new Speaker(bot, told(message, bot), null, null, null, null, true, false);
  }

  private static String told(LenientJson message, String otherwise) {
    LenientJson profile = message.row("user_profile") == null ? message.row("bot_profile") : message.row("user_profile");
    String name = profile == null ? null : profile.words("real_name") == null ? profile.words("name") : profile.words("real_name");
    return name != null ? name : message.words("username") != null ? message.words("username") : otherwise;
  }
}
