package tasktracker.source.telegram.bot;

import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tasktracker.source.format.LenientJson;

/**
 * A command that was sent to the bot.
 *
 * @param word the command without the slash, in lower case
 * @param addressed username of the addressed bot without @, or null
 * @param sender Telegram id of the sender
 */
public record BotCommand(String word, @Nullable String addressed, long chat, boolean isPrivate, long message, @Nullable Long thread,
    @Nullable Long sender, Locale locale, Instant at) {

  private static final Pattern COMMAND = Pattern.compile("/([A-Za-z]{1,32})(?:@([A-Za-z0-9_]{3,32}))?(?:\\s[\\s\\S]*)?");

  /** The command at the beginning of a new message, or null. */
  public static @Nullable BotCommand parse(JsonObject update) {
    LenientJson message = new LenientJson(update).object("message");
    LenientJson chat = message == null ? null : message.object("chat");
    String text = message == null ? null : message.text("text");
    Matcher m = COMMAND.matcher(text == null ? "" : text);
    if (message == null || chat == null || chat.number("id") == null || message.number("message_id") == null
        || message.instant("date") == null || !m.matches()) {
      return null;
    }
    LenientJson from = message.object("from");
    return new BotCommand(m.group(1).toLowerCase(Locale.ROOT), m.group(2), chat.number("id"), "private".equals(chat.text("type")),
        message.number("message_id"), message.isTrue("is_topic_message") ? message.number("message_thread_id") : null,
        from == null ? null : from.number("id"), locale(from), message.instant("date"));
  }

  private static Locale locale(@Nullable LenientJson from) {
    String language = from == null ? null : from.text("language_code");
    return language != null && language.startsWith("uk") ? Locale.of("uk") : Locale.ENGLISH;
  }

  /** In a group only a command that names the bot is for it, because other bots may have the same command. */
  public boolean isFor(@Nullable String bot) {
    return isPrivate ? addressed == null || addressed.equalsIgnoreCase(bot) : addressed != null && addressed.equalsIgnoreCase(bot);
  }
}
