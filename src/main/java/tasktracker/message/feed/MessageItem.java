package tasktracker.message.feed;

import jakarta.json.bind.annotation.JsonbTypeAdapter;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.web.json.Json;
import tasktracker.platform.web.json.RawJson;

/**
 * A message as lists, pages and the API show it.
 *
 * @param contentTruncated whether {@code content} is only the beginning of the text; {@link Feed#find(UUID)} returns
 *     all of it
 * @param strength the number beside the class, see {@link tasktracker.message.Strength}
 */
public record MessageItem(
    UUID id,
    String externalMessageId,
    String content,
    boolean contentTruncated,
    Instant sentAt,
    @Nullable Instant editedAt,
    int revision,
    String kind,
    UUID sourceId,
    String sourceName,
    UUID chatId,
    @Nullable String chatTitle,
    @Nullable String threadId,
    @Nullable String threadTitle,
    @Nullable String replyTo,
    @Nullable String forwardedFrom,
    UUID authorId,
    String authorName,
    @Nullable String avatarUrl,
    @Nullable UUID telegramProfileId,
    @Nullable Double importanceScore,
    @Nullable Integer strength,
    @Nullable String noiseClassification,
    @JsonbTypeAdapter(RawJson.class) @Nullable String noiseFactors,
    @JsonbTypeAdapter(RawJson.class) @Nullable String noiseReasons,
    @Nullable String language,
    Instant createdAt,
    Instant updatedAt) {

  /** Maximum characters of a name; no known source allows longer names. */
  private static final int MAX_NAME_LENGTH = 300;
  /** Maximum bytes of text in a list; the texts of further messages are truncated. */
  private static final int MAX_TEXT = 2 << 20;
  /** Characters of a text that a list row needs, including white space that it collapses. */
  private static final int PREVIEW_LENGTH = 400;
  /** Characters of a truncated text. */
  private static final int TRUNCATED_LENGTH = 1000;

  private static final int AVATAR_HUES = 6;
  /** Characters of the text that a row of a list shows. */
  private static final int SHOWN_LENGTH = 240;
  /** All columns except the text. */
  private static final String COLUMNS = """
      m.id, m.external_id as external_message_id, m.sent_at, m.edited_at, m.revision, m.kind,
        m.source_id, s.name as source_name, m.chat_id, left(c.title, NAME) as chat_title, m.thread_id,
        left(m.thread_title, NAME) as thread_title, m.reply_to, left(m.forwarded_from, NAME) as forwarded_from, m.author_id,
        trim(p.first_name || ' ' || coalesce(p.last_name, '')) as author_name,
        case when a.person_id is not null then '/avatars/' || m.author_id end as avatar_url,
        t.id as telegram_profile_id, m.importance_score::numeric::float8 as importance_score,
        message_strength(m.noise_classification, m.importance_score) as strength, m.noise_classification,
        m.noise_factors, m.noise_reasons,
        m.language, m.created_at, m.updated_at
      """;

  /** The select list over {@code message m} with the whole text, for one message. */
  static final String SELECT_WHOLE = select("m.content", "false");

  /** The select list over {@code message m} with the beginning of the text, for rows of pages. */
  static final String SELECT_PREVIEWS = select("left(m.content, %d)".formatted(PREVIEW_LENGTH), isLonger(PREVIEW_LENGTH));

  /**
   * The select list over {@code message m} with whole texts up to {@link #MAX_TEXT} together, and truncated texts from
   * there on, so that the memory of a list is bounded.
   *
   * @param order the order in which the texts are counted
   */
  static String withinLimit(String order) {
    String fits = "sum(octet_length(m.content)) over (order by " + order + ") <= " + MAX_TEXT;
    return select("case when %s then m.content else left(m.content, %d) end".formatted(fits, TRUNCATED_LENGTH),
        "case when %s then false else %s end".formatted(fits, isLonger(TRUNCATED_LENGTH)));
  }

  /** Whether the text is longer, without reading all of it. */
  private static String isLonger(int characters) {
    return "length(left(m.content, %d)) > %d".formatted(characters + 1, characters);
  }

  private static String select(String content, String truncated) {
    return "select " + content + " as content, " + truncated + " as content_truncated, "
        + COLUMNS.replace("NAME", String.valueOf(MAX_NAME_LENGTH));
  }

  /** The joins of these select lists. */
  static final String JOINS = """
      join source s on s.id = m.source_id join chat c on c.id = m.chat_id join person p on p.id = m.author_id
      left join avatar a on a.person_id = m.author_id left join telegram_profile t on t.person_id = m.author_id
      """;

  /** The data of its list row. */
  public MessageListRow listRow() {
    String text = preview();
    return new MessageListRow(id, authorName, avatar(), text.isEmpty() ? null : text, chatName(),
        noiseClassification, strength, sentAt);
  }

  /** The avatar of its author. */
  public MessageListRow.Avatar avatar() {
    return new MessageListRow.Avatar(avatarUrl, Math.floorMod(authorId.hashCode(), AVATAR_HUES), initials());
  }

  /** The first letters of the first and last word of the author's name. */
  private String initials() {
    String[] words = authorName.strip().split("\\s+");
    return words.length == 1 ? first(words[0]) : first(words[0]) + first(words[words.length - 1]);
  }

  private static String first(String word) {
    return word.isEmpty() ? "" : new String(Character.toChars(word.codePointAt(0)));
  }

  /** The beginning of its text on one line. */
  public String preview() {
    String text = content;
    int end = text.length() <= SHOWN_LENGTH ? text.length() : text.offsetByCodePoints(0, text.codePointCount(0, SHOWN_LENGTH));
    return text.substring(0, end).replaceAll("\\s+", " ").strip();
  }

  /** The title of its chat, or the name of its source when the chat has no title. */
  public String chatName() {
    return chatTitle == null ? sourceName : chatTitle;
  }

  /** The factors of its score by name, 0 to 1; empty when it is not scored. */
  public Map<String, Double> factors() {
    Map<String, Double> factors = new TreeMap<>();
    if (noiseFactors != null) {
      Map<?, ?> kept = Json.jsonb().fromJson(noiseFactors, Map.class);
      kept.forEach((name, value) -> {
        if (value instanceof Number n) {
          factors.put(String.valueOf(name), n.doubleValue());
        }
      });
    }
    return factors;
  }
}
