package tasktracker.source.telegram;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Parses what people enter to identify a group into candidate ids for Telegram, the likeliest first. */
public final class GroupIdParser {

  private static final Pattern PRIVATE_LINK = Pattern.compile("(?:https?://)?(?:www\\.)?(?:t|telegram)\\.me/c/(\\d{5,15})(?:/.*)?");
  private static final Pattern WEB_LINK = Pattern.compile("https?://web\\.telegram\\.org/[ak]/#(-?\\d{5,16})(?:_.*)?");
  private static final Pattern PUBLIC_LINK = Pattern
      .compile("(?:https?://)?(?:www\\.)?(?:t|telegram)\\.me/(?:s/)?([A-Za-z][A-Za-z0-9_]{3,31})(?:[/?].*)?");
  private static final Pattern INVITATION = Pattern
      .compile("(?i)(?:https?://)?(?:www\\.)?(?:t|telegram)\\.me/(?:\\+|joinchat/|addlist/).*");
  private static final Pattern NAME = Pattern.compile("@([A-Za-z][A-Za-z0-9_]{3,31})");
  private static final Pattern DIGITS = Pattern.compile("(-?)(\\d{5,16})");

  private GroupIdParser() {}

  public static List<String> candidates(@Nullable String typed) {
    String text = typed == null ? "" : typed.strip();
    if (text.isEmpty()) {
      throw new InvalidInput("group.empty", "Enter a link to the group or its ID.");
    }
    if (INVITATION.matcher(text).matches()) {
      throw new InvalidInput("group.invitation",
          "An invite link does not identify the group. Add the bot to the group; the group then appears automatically.");
    }
    return parse(text);
  }

  private static List<String> parse(String text) {
    Matcher m;
    if ((m = PRIVATE_LINK.matcher(text)).matches()) {
      return List.of("-100" + m.group(1));
    }
    if ((m = NAME.matcher(text)).matches() || (m = PUBLIC_LINK.matcher(text)).matches()) {
      return List.of("@" + m.group(1));
    }
    if ((m = WEB_LINK.matcher(text)).matches()) {
      return digits(m.group(1));
    }
    return digits(text);
  }

  /** Exports write an id as plain digits; the Bot API requires a sign, and -100 before the id of a supergroup. */
  private static List<String> digits(String text) {
    Matcher m = DIGITS.matcher(text.replaceAll("[\\s\\u00a0]", "").replace('\u2212', '-').replace('\u2013', '-'));
    if (!m.matches()) {
      throw new InvalidInput("group.form", "Enter a link (t.me/name, t.me/c/123…), @name or an ID such as -1001234567890.");
    }
    String digits = m.group(2);
    if (digits.startsWith("100") && digits.length() >= 13) {
      return List.of("-" + digits);
    }
    return m.group(1).isEmpty() ? List.of("-100" + digits, "-" + digits) : List.of("-" + digits, "-100" + digits);
  }
}
