package tasktracker.source.slack;

import org.jspecify.annotations.Nullable;
import tasktracker.message.IncomingMessage;
import tasktracker.person.Speaker;
import tasktracker.platform.data.StorableText;
import tasktracker.source.LenientJson;

/** Who somebody is, by Slack's lists of users and by what a message itself tells. */
final class SlackAuthors {

  private static final String SLACKBOT = "USLACKBOT";

  private SlackAuthors() {}

  static Speaker speaker(String id, LenientJson user) {
    LenientJson profile = user.row("profile");
    String real = profile == null ? null : profile.words("real_name");
    String name = real != null ? real : user.words("real_name") != null ? user.words("real_name") : user.words("name");
    String address = profile == null ? null : profile.words("email");
    return new Speaker(id, name == null ? id : name, null, user.words("name"), address, null, user.isTrue("is_bot"), false);
  }

  /**
   * The author of a message: a user, the user inside a comment, a bot, or nobody that is told. Several bots may post
   * under one id, each with a user name of its own, and some without an id: a name tells them apart.
   */
  static Speaker author(LenientJson message, SlackDirectory directory) {
    String id = user(message);
    if (id != null) {
      Speaker known = directory.person(id);
      return known != null ? known : id.equals(SLACKBOT) ? bot(id, "Slackbot") : Speaker.named(id, told(message, id));
    }
    String bot = message.words("bot_id");
    String name = message.words("username");
    if (name != null) {
      return bot(StorableText.truncate("bot:" + name, IncomingMessage.LONGEST_ID), name);
    }
    return bot == null ? Speaker.named("unknown", Speaker.UNKNOWN) : bot(bot, told(message, bot));
  }

  private static @Nullable String user(LenientJson message) {
    LenientJson comment = message.row("comment");
    String commenter = comment == null ? null : comment.words("user");
    return commenter == null ? message.words("user") : commenter;
  }

  private static Speaker bot(String id, String name) {
    return new Speaker(id, name, null, null, null, null, true, false);
  }

  private static String told(LenientJson message, String otherwise) {
    LenientJson profile = message.row("user_profile") == null ? message.row("bot_profile") : message.row("user_profile");
    String name = profile == null ? null : profile.words("real_name") == null ? profile.words("name") : profile.words("real_name");
    return name != null ? name : message.words("username") != null ? message.words("username") : otherwise;
  }
}
