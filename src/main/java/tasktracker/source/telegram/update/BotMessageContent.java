package tasktracker.source.telegram.update;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tasktracker.message.IncomingMessage.MessageKind;
import tasktracker.message.IncomingMessage.TextEntity;
import tasktracker.source.format.LenientJson;
import tasktracker.source.telegram.PlaceholderText;
import tasktracker.source.telegram.ServiceMessageText;
import tasktracker.source.telegram.text.FormattedText;
import tasktracker.source.telegram.text.RichMessage;

/**
 * The content of a message of the Bot API. Known members are parsed first, from the text to the service message, so
 * that an unknown member never replaces a known one.
 *
 * @param unknown the member that contains content of an unknown kind, empty when there is none; null when the content
 *     is known
 */
record BotMessageContent(MessageKind kind, String text, List<TextEntity> entities, @Nullable String unknown) {

  static BotMessageContent of(LenientJson object) {
    String media = BotMedia.placeholder(object);
    FormattedText formatted = formattedText(object);
    if (formatted != null) {
      return new BotMessageContent(media == null ? MessageKind.TEXT : MessageKind.MEDIA, formatted.text(), formatted.entities(), null);
    }
    if (media != null) {
      return new BotMessageContent(MessageKind.MEDIA, PlaceholderText.isBare(media) ? withWords(media, object) : media, List.of(), null);
    }
    String event = BotServiceMessage.text(object);
    return event == null ? unknown(object) : new BotMessageContent(MessageKind.SERVICE, event, List.of(), null);
  }

  private static @Nullable FormattedText formattedText(LenientJson object) {
    JsonValue rich = object.json().get("rich_message");
    return Stream.of(formattedText(object, "text", "entities"), formattedText(object, "caption", "caption_entities"),
        rich == null ? null : RichMessage.of(rich))
        .filter(Objects::nonNull).filter(formatted -> !formatted.isBlank()).findFirst().orElse(null);
  }

  /** Entities that are listed beside a text take precedence over those inside it. */
  private static FormattedText formattedText(LenientJson object, String text, String entities) {
    JsonValue member = object.json().get(text);
    return object.json().get(entities) instanceof JsonArray ? FormattedText.of(member, object.objects(entities)) : FormattedText.of(member);
  }

  /** The label of an attachment with the words in a member of an unknown kind. */
  private static String withWords(String label, LenientJson object) {
    return BotServiceMessage.unknown(object).stream().filter(member -> !BotMedia.isKnown(member)).map(member -> words(member, object))
        .filter(Objects::nonNull).findFirst().map(words -> label + "\n" + words).orElse(label);
  }

  /** Content of an unknown kind, named after its member. A quotation is used when there are no other words. */
  private static BotMessageContent unknown(LenientJson object) {
    List<String> members = BotServiceMessage.unknown(object);
    String name = members.stream().filter(member -> words(member, object) != null).findFirst()
        .orElse(members.isEmpty() ? "" : members.getFirst());
    String words = name.isEmpty() ? null : words(name, object);
    String detail = words == null ? quotation(object) : words;
    String text = name.isEmpty() && detail == null ? PlaceholderText.MEDIA : ServiceMessageText.of(name.isEmpty() ? "quote" : name, detail);
    return new BotMessageContent(MessageKind.UNSUPPORTED, text, List.of(), name);
  }

  private static @Nullable String quotation(LenientJson object) {
    LenientJson quote = object.object("quote");
    return quote == null ? FormattedText.plainText(object, "quote") : FormattedText.plainText(quote, "text");
  }

  /** The words in a member; null when it has none, such as a number. */
  private static @Nullable String words(String member, LenientJson object) {
    JsonValue value = Objects.requireNonNull(object.json().get(member));
    String text = value instanceof JsonObject || value instanceof JsonString ? RichMessage.of(value).text() : "";
    return text.isBlank() ? RichMessage.words(member, value) : text.strip();
  }
}
