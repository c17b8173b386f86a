package tasktracker.message;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tasktracker.person.Speaker;
import tasktracker.platform.data.StorableText;

/**
 * A message as a source tells it, before it is kept. All texts are hostile, as the source gave them but
 * for what PostgreSQL cannot keep and the length of what only decorates it ({@link StorableText}): names and titles are
 * cut, spans and reactions beyond any that people make are left out. What cannot be cut without harm is told by {@link
 * #isStorable}.
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

  /** Most UTF-16 units of a text; Slack, which allows most, allows 40,000. */
  public static final int LONGEST_TEXT = 65_536;
  /** Most UTF-16 units of an id; the database's indexes hold no longer ones. */
  public static final int LONGEST_ID = 200;
  /** Most UTF-16 units of the name of a chat, a topic or a person. */
  public static final int LONGEST_NAME = 255;
  private static final int MOST_ENTITIES = 1_000;
  private static final int MOST_REACTIONS = 200;

  public IncomingMessage {
    externalId = StorableText.key(externalId);
    text = StorableText.of(text);
    entities = bounded(entities);
    threadId = key(threadId);
    threadTitle = StorableText.name(threadTitle);
    replyTo = key(replyTo);
    forwardedFrom = StorableText.name(forwardedFrom);
    mediaGroup = key(mediaGroup);
    reactions = reactions.size() <= MOST_REACTIONS ? reactions : List.copyOf(reactions.subList(0, MOST_REACTIONS));
  }

  /**
   * Whether it can be kept whole. One that cannot must be left out by who reads it, so that it fails nothing beside it.
   */
  public boolean isStorable() {
    return text.length() <= LONGEST_TEXT && !externalId.isEmpty() && !chat.externalId().isEmpty() && !author.externalId().isEmpty();
  }

  private static @Nullable String key(@Nullable String id) {
    return id == null ? null : StorableText.key(id);
  }

  /** The first spans, as many as are kept with one message and as their links and languages have room. */
  private static List<TextEntity> bounded(List<TextEntity> entities) {
    int room = LONGEST_TEXT;
    int kept = 0;
    for (TextEntity entity : entities) {
      room -= entity.value() == null ? 0 : entity.value().length();
      if (kept == MOST_ENTITIES || room < 0) {
        return List.copyOf(entities.subList(0, kept));
      }
      kept++;
    }
    return entities;
  }

  /** About how many bytes of memory it takes. */
  public int weight() {
    int values = entities.stream().mapToInt(e -> 100 + (e.value() == null ? 0 : 2 * e.value().length())).sum();
    return 1_000 + 2 * text.length() + values + 100 * reactions.size();
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

    /** Browsers and servers take no longer addresses. */
    private static final int LONGEST_VALUE = 8_192;

    public TextEntity {
      type = StorableText.of(StorableText.truncate(type, LONGEST_ID));
      value = value == null || value.length() > LONGEST_VALUE ? null : StorableText.of(value);
    }
  }

  /** An emoji (or the id of a custom one) and how often it was chosen. */
  public record Reaction(String emoji, int count) {

    public Reaction {
      emoji = StorableText.of(StorableText.truncate(emoji, LONGEST_ID));
    }
  }
}
