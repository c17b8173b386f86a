package tasktracker.message;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tasktracker.person.Speaker;
import tasktracker.platform.data.StorableText;

/**
 * A message as a source sends it, before it is stored. All texts are untrusted. Characters that PostgreSQL cannot store
 * are replaced, names and titles are truncated, and entities and reactions above the limits are omitted ({@link
 * StorableText}). What cannot be truncated without loss is reported by {@link #isStorable}.
 *
 * @param chat the chat that contains it
 * @param externalId its id in the chat, as the source writes it
 * @param author its author; a channel or the chat itself can be the author
 * @param sentAt when it was sent, by the source's clock
 * @param editedAt when it was last edited according to the source; the text may be unchanged
 * @param kind its kind
 * @param text its text or caption, or a placeholder in brackets such as {@code [Photo]}
 * @param entities formatted ranges of the text
 * @param threadId id of its forum topic or thread root, if any
 * @param threadTitle title of the forum topic, when the message contains it
 * @param replyTo external id of the message in the same chat to which it replies
 * @param forwardedFrom display name of the original author of a forwarded message
 * @param mediaGroup id shared by the messages of one album
 * @param reactions emoji with their counts
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

  /** Maximum UTF-16 units of a text; Slack has the highest limit of the sources, 40,000. */
  public static final int MAX_TEXT_LENGTH = 65_536;
  /** Maximum UTF-16 units of an id, so that it fits into an index. */
  public static final int MAX_ID_LENGTH = 200;
  /** Maximum UTF-16 units of the name of a chat, a topic or a person. */
  public static final int MAX_NAME_LENGTH = 255;
  private static final int MAX_ENTITIES = 1_000;
  private static final int MAX_REACTIONS = 200;

  public IncomingMessage {
    externalId = StorableText.key(externalId);
    text = StorableText.of(text);
    entities = bounded(entities);
    threadId = key(threadId);
    threadTitle = StorableText.name(threadTitle);
    replyTo = key(replyTo);
    forwardedFrom = StorableText.name(forwardedFrom);
    mediaGroup = key(mediaGroup);
    reactions = reactions.size() <= MAX_REACTIONS ? reactions : List.copyOf(reactions.subList(0, MAX_REACTIONS));
  }

  /**
   * Whether it can be stored without loss. A reader skips a message that is not storable, so that it does not fail its
   * batch.
   */
  public boolean isStorable() {
    return text.length() <= MAX_TEXT_LENGTH && !externalId.isEmpty() && !chat.externalId().isEmpty() && !author.externalId().isEmpty();
  }

  private static @Nullable String key(@Nullable String id) {
    return id == null ? null : StorableText.key(id);
  }

  /** The first entities, up to the limits of their number and of the length of their values. */
  private static List<TextEntity> bounded(List<TextEntity> entities) {
    int room = MAX_TEXT_LENGTH;
    int kept = 0;
    for (TextEntity entity : entities) {
      room -= entity.value() == null ? 0 : entity.value().length();
      if (kept == MAX_ENTITIES || room < 0) {
        return List.copyOf(entities.subList(0, kept));
      }
      kept++;
    }
    return entities;
  }

  /** Approximate memory use in bytes. */
  public int estimatedBytes() {
    int values = entities.stream().mapToInt(e -> 100 + (e.value() == null ? 0 : 2 * e.value().length())).sum();
    return 1_000 + 2 * text.length() + values + 100 * reactions.size();
  }

  /**
   * The chat of a message.
   *
   * @param externalId its id in the chat, as the source writes it
   * @param title its name when the source tells it
   */
  public record ChatRef(String externalId, ChatKind kind, @Nullable String title) {

    public ChatRef {
      externalId = StorableText.key(externalId);
      title = StorableText.name(title);
    }
  }

  /** The kind of a chat. */
  public enum ChatKind {
    PRIVATE,
    GROUP,
    SUPERGROUP,
    CHANNEL,
    OTHER
  }

  /** The kind of a message. */
  public enum MessageKind {
    TEXT,
    MEDIA,
    SERVICE,
    UNSUPPORTED
  }

  /**
   * A formatted range of the text.
   *
   * @param type the Bot API's name of the type
   * @param offset start, in UTF-16 code units as in {@link String}
   * @param length length, in UTF-16 code units
   * @param value target of a text link, user id of a text mention, language of code, unix seconds of a date
   */
  public record TextEntity(String type, int offset, int length, @Nullable String value) {

    /** Browsers and servers accept no longer URLs. */
    private static final int MAX_VALUE_LENGTH = 8_192;

    public TextEntity {
      type = StorableText.of(StorableText.truncate(type, MAX_ID_LENGTH));
      value = value == null || value.length() > MAX_VALUE_LENGTH ? null : StorableText.of(value);
    }
  }

  /** An emoji, or the name of a custom one, and its count. */
  public record Reaction(String emoji, int count) {

    public Reaction {
      emoji = StorableText.of(StorableText.truncate(emoji, MAX_ID_LENGTH));
    }
  }
}
