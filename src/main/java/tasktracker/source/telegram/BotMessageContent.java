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
 * What a message of the Bot API says. What is known is looked for first, from the text to the service message, so that
 * an unknown member never takes the place of a known one.
 *
 * @param unknown the member that holds a content of a kind that is not known here, empty when there is none; null when
 *     the content is known
 */
record BotMessageContent(MessageKind kind, String text, List<TextEntity> entities, @Nullable String unknown) {

  static BotMessageContent of(LenientJson row) {
    String media = BotMedia.standIn(row);
    FormattedText words = words(row);
    if (words != null) {
      return new BotMessageContent(media == null ? MessageKind.TEXT : MessageKind.MEDIA, words.text(), words.entities(), null);
    }
    if (media != null) {
      return new BotMessageContent(MessageKind.MEDIA, media, List.of(), null);
    }
    String event = BotServiceMessage.text(row);
    return event == null ? unknown(row) : new BotMessageContent(MessageKind.SERVICE, event, List.of(), null);
  }

  private static @Nullable FormattedText words(LenientJson row) {
    JsonValue rich = row.json().get("rich_message");
    return Stream.of(marked(row, "text", "entities"), marked(row, "caption", "caption_entities"),
            rich == null ? null : RichMessage.of(rich))
        .filter(Objects::nonNull).filter(words -> !words.isBlank()).findFirst().orElse(null);
  }

  /** A text with the spans that stand beside it; those inside count where there are none. */
  private static FormattedText marked(LenientJson row, String text, String entities) {
    FormattedText words = FormattedText.of(row.json().get(text));
    return row.json().get(entities) instanceof JsonArray
        ? new FormattedText(words.text(), row.rows(entities).stream().map(BotMessageContent::entity).filter(Objects::nonNull).toList()) : words;
  }

  private static @Nullable TextEntity entity(LenientJson row) {
    Long offset = row.number("offset");
    Long length = row.number("length");
    String type = row.text("type");
    boolean isSpan = type != null && offset != null && length != null && offset >= 0 && length > 0
        && offset + length <= 1 << 20;
    return isSpan ? new TextEntity(type, offset.intValue(), length.intValue(), value(type, row)) : null;
  }

  private static @Nullable String value(String type, LenientJson row) {
    return switch (type) {
      case "text_link" -> row.text("url");
      case "text_mention" -> row.row("user") == null ? null : row.row("user").text("id");
      case "pre" -> row.text("language");
      case "custom_emoji" -> row.text("custom_emoji_id");
      case "date_time" -> row.text("unix_time");
      default -> null;
    };
  }

  private static BotMessageContent unknown(LenientJson row) {
    String member = BotServiceMessage.unknown(row);
    if (member == null) {
      return new BotMessageContent(MessageKind.UNSUPPORTED, PlaceholderText.MEDIA, List.of(), "");
    }
    String words = RichMessage.of(row.json().get(member)).text();
    return new BotMessageContent(MessageKind.UNSUPPORTED, ServiceMessageText.of(member, row.row(member) == null ? null : words), List.of(), member);
  }
}
