package tasktracker.source.telegram.text;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import tasktracker.source.LenientJson;

/**
 * The style of a formatted text.
 *
 * @param type the Bot API's name of the entity; null for one that is shown as plain text
 * @param value what belongs to it, such as the address of a link
 */
record TextStyle(@Nullable String type, @Nullable String value) {

  private static final Set<String> PLAIN = Set.of("bold", "italic", "underline", "strikethrough", "spoiler", "code",
      "mention", "hashtag", "cashtag", "bot_command", "phone_number");

  static TextStyle of(LenientJson span) {
    String type = String.valueOf(span.text("type"));
    return switch (type) {
      case "url", "link", "text_link" -> link(span);
      case "text_mention" -> new TextStyle(type, span.row("user") == null ? null : span.row("user").text("id"));
      case "pre" -> new TextStyle(type, span.text("language"));
      case "custom_emoji" -> new TextStyle(type, span.text("custom_emoji_id"));
      case "date_time" -> new TextStyle(type, span.text("unix_time"));
      case "email_address", "email" -> new TextStyle("email", null);
      default -> new TextStyle(PLAIN.contains(type) ? type : null, null);
    };
  }

  private static TextStyle link(LenientJson span) {
    String address = span.text(span.has("url") ? "url" : "href");
    return address == null || address.equals(span.text("text")) ? new TextStyle("url", null) : new TextStyle("text_link", address);
  }
}
