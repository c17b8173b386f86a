package tasktracker.message;

import jakarta.json.bind.annotation.JsonbTypeAdapter;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.web.RawJson;

/**
 * A message as lists and the API show it.
 *
 * @param contentTruncated whether {@code content} is only the beginning of the text; {@link Feed#find(UUID)} has all
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
    @Nullable String noiseClassification,
    @JsonbTypeAdapter(RawJson.class) @Nullable String noiseFactors,
    @JsonbTypeAdapter(RawJson.class) @Nullable String noiseReasons,
    @Nullable String language,
    Instant createdAt,
    Instant updatedAt) {

  /** Names longer than this are shown by their beginning; no source that is known allows longer ones. */
  private static final int LONGEST_NAME = 300;
  /** Bytes of text that a list holds at most; of what comes behind, only the beginnings. */
  private static final int MOST_TEXT = 2 << 20;
  /** Characters of a text that a row of a page needs: what it shows, and some white space that it leaves out. */
  private static final int PREVIEW = 400;
  /** Characters of a text that did not fit into a list. */
  private static final int BEGINNING = 1000;

  /** All but the text. */
  private static final String COLUMNS = """
      m.id, m.external_id as external_message_id, m.sent_at, m.edited_at, m.revision, m.kind,
        m.source_id, s.name as source_name, m.chat_id, left(c.title, NAME) as chat_title, m.thread_id,
        left(m.thread_title, NAME) as thread_title, m.reply_to, left(m.forwarded_from, NAME) as forwarded_from, m.author_id,
        trim(p.first_name || ' ' || coalesce(p.last_name, '')) as author_name,
        case when a.person_id is not null then '/avatars/' || m.author_id end as avatar_url,
        t.id as telegram_profile_id, m.importance_score::numeric::float8 as importance_score, m.noise_classification, m.noise_factors, m.noise_reasons,
        m.language, m.created_at, m.updated_at
      """;

  /** The select list over {@code message m} with the whole text, for one message. */
  static final String WHOLE = select("m.content", "false");

  /** The select list over {@code message m} with the beginning of the text, for rows of pages. */
  static final String PREVIEWS = select("left(m.content, %d)".formatted(PREVIEW), isLonger(PREVIEW));

  /**
   * The select list over {@code message m} with whole texts until they are {@link #MOST_TEXT} together, so that no list
   * takes more memory than that, and beginnings from there on.
   *
   * @param order the order by which the texts are counted
   */
  static String within(String order) {
    String fits = "sum(octet_length(m.content)) over (order by " + order + ") <= " + MOST_TEXT;
    return select("case when %s then m.content else left(m.content, %d) end".formatted(fits, BEGINNING),
        "case when %s then false else %s end".formatted(fits, isLonger(BEGINNING)));
  }

  /** Reads no more of a long text than it must. */
  private static String isLonger(int characters) {
    return "length(left(m.content, %d)) > %d".formatted(characters + 1, characters);
  }

  private static String select(String content, String truncated) {
    return "select " + content + " as content, " + truncated + " as content_truncated, " + COLUMNS.replace("NAME", String.valueOf(LONGEST_NAME));
  }

  /** The joins of these select lists. */
  static final String FROM = """
      join source s on s.id = m.source_id join chat c on c.id = m.chat_id join person p on p.id = m.author_id
      left join avatar a on a.person_id = m.author_id left join telegram_profile t on t.person_id = m.author_id
      """;
}
