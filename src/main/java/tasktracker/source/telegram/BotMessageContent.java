package tasktracker.source.telegram;

import jakarta.json.JsonArray;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tasktracker.message.IncomingMessage.MessageKind;
import tasktracker.message.IncomingMessage.TextEntity;
import tasktracker.source.LenientJson;
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
      return new BotMessageContent(MessageKind.MEDIA, media, List.of(), null);
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

  private static BotMessageContent unknown(LenientJson object) {
    String member = BotServiceMessage.unknown(object);
    if (member == null) {
      return new BotMessageContent(MessageKind.UNSUPPORTED, PlaceholderText.MEDIA, List.of(), "");
    }
    String formatted = RichMessage.of(object.json().get(member)).text();
    return new BotMessageContent(MessageKind.UNSUPPORTED, ServiceMessageText.of(member, object.object(member) == null ? null : formatted), List.of(), member);
  }
}
