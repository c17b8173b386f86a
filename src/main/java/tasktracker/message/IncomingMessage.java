package tasktracker.message;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tasktracker.person.Speaker;
import tasktracker.platform.data.StorableText;

/**
 * A message as a source tells it, before it is kept. All texts are hostile, as the source gave them but
 * for what PostgreSQL cannot keep and names and ids beyond any use ({@link StorableText}).
 *
 * @param chat where it was said
 * @param externalId its id inside the chat, as the source writes it
 * @param author who said it; never null, a channel or the chat itself may be the speaker
 * @param sentAt when it was said, by the source's clock
 * @param editedAt when the source says it was edited last; tells nothing about whether the text changed
 * @param kind what it is
 * @param text the text, the caption, or a bracketed stand-in such as {@code [Photo]} when there is none
 * @param entities marked spans of the text
 * @param threadId id of the forum topic or thread root, when it belongs to one
 * @param threadTitle name of that forum topic, when this message tells it
 * @param replyTo external id, in the same chat, of the message it answers
 * @param forwardedFrom display name of whom it was forwarded from
 * @param mediaGroup id that the parts of one album share
 * @param reactions emoji and how many chose each
 */
public record IncomingMessage(
    ChatRef chat,
    String externalId,
    Speaker author,
    Instant sentAt,
    @Nullable Instant editedAt,
    MessageKind kind,
    String text,
    List<TextEntity> entities,
    @Nullable String threadId,
    @Nullable String threadTitle,
    @Nullable String replyTo,
    @Nullable String forwardedFrom,
    @Nullable String mediaGroup,
    List<Reaction> reactions) {

  public IncomingMessage {
    externalId = StorableText.of(externalId);
    text = StorableText.of(text);
    threadId = threadId == null ? null : StorableText.key(threadId);
    threadTitle = StorableText.name(threadTitle);
    replyTo = replyTo == null ? null : StorableText.key(replyTo);
    forwardedFrom = StorableText.name(forwardedFrom);
    mediaGroup = mediaGroup == null ? null : StorableText.key(mediaGroup);
  }

  /**
   * The chat a message was said in.
   *
   * @param externalId the join key over all ways in: for Telegram {@code user:ID}, {@code group:ID} or {@code
   *     channel:ID} with the bare positive id (supergroups are channels); for Slack the channel id, or its name
   * @param title its name when the source tells it
   */
  public record ChatRef(String externalId, ChatKind kind, @Nullable String title) {

    public ChatRef {
      externalId = StorableText.key(externalId);
      title = StorableText.name(title);
    }
  }

  /** What sort of place a chat is. */
  public enum ChatKind {
    PRIVATE,
    GROUP,
    SUPERGROUP,
    CHANNEL,
    OTHER
  }

  /** What a message is made of. */
  public enum MessageKind {
    TEXT,
    MEDIA,
    SERVICE,
    UNSUPPORTED
  }

  /**
   * A marked span of the text.
   *
   * @param type the Bot API's name of the type
   * @param offset start, in UTF-16 code units as in {@link String}
   * @param length length, in UTF-16 code units
   * @param value target of a text link, user id of a text mention, language of code, unix seconds of a date
   */
  public record TextEntity(String type, int offset, int length, @Nullable String value) {

    public TextEntity {
      type = StorableText.of(type);
      value = StorableText.ofNullable(value);
    }
  }

  /** An emoji (or the id of a custom one) and how often it was chosen. */
  public record Reaction(String emoji, int count) {

    public Reaction {
      emoji = StorableText.of(emoji);
    }
  }
}
