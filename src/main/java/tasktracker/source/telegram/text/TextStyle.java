package tasktracker.source.telegram.text;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import tasktracker.source.format.LenientJson;

/**
 * The style of a formatted text.
 *
 * @param type the entity type of the Bot API; null for unformatted text
 * @param value its value, such as the URL of a link
 */
record TextStyle(@Nullable String type, @Nullable String value) {

  private static final Set<String> PLAIN = Set.of("bold", "italic", "underline", "strikethrough", "spoiler", "code",
      "mention", "hashtag", "cashtag", "bot_command", "phone_number");

  static TextStyle of(LenientJson span) {
    String type = String.valueOf(span.text("type"));
    return switch (type) {
      case "url", "link", "text_link" -> link(span);
      case "text_mention" -> new TextStyle(type, span.object("user") == null ? null : span.object("user").text("id"));
      case "pre" -> new TextStyle(type, span.text("language"));
      case "custom_emoji" -> new TextStyle(type, span.text("custom_emoji_id"));
      case "date_time" -> new TextStyle(type, span.text("unix_time"));
      case "email_address", "email" -> new TextStyle("email", null);
      default -> new TextStyle(PLAIN.contains(type) ? type : null, null);
    };
  }

  /** The value of an entity whose type has the name of the Bot API. */
  static @Nullable String valueOf(String type, LenientJson entity) {
    return switch (type) {
      case "text_link" -> entity.text("url");
      case "text_mention", "pre", "custom_emoji", "date_time" -> of(entity).value();
      default -> null;
    };
  }

  /** The style of a segment of an export. A type that is not known keeps its name. */
  static TextStyle ofExport(LenientJson segment) {
    return switch (segment.text("type")) {
      case "plain" -> new TextStyle(null, null);
      case "link" -> new TextStyle("url", null);
      case "text_link" -> new TextStyle("text_link", segment.text("href"));
      case "mention_name" -> new TextStyle("text_mention", segment.text("user_id"));
      case "phone" -> new TextStyle("phone_number", null);
      case "blockquote" -> new TextStyle(segment.isTrue("collapsed") ? "expandable_blockquote" : "blockquote", null);
      case "pre" -> new TextStyle("pre", segment.text("language"));
      case "custom_emoji" -> new TextStyle("custom_emoji", segment.number("document_id") == null ? null : segment.text("document_id"));
      case null -> new TextStyle(null, null);
      case String other -> new TextStyle(other, null);
    };
  }

  private static TextStyle link(LenientJson span) {
    String address = span.text(span.has("url") ? "url" : "href");
    return address == null || address.equals(span.text("text")) ? new TextStyle("url", null) : new TextStyle("text_link", address);
  }
}
