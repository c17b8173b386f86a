package tasktracker.message;

import jakarta.json.bind.annotation.JsonbTypeAdapter;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.web.RawJson;

/** A message as lists and the API show it. */
public record MessageItem(
    UUID id,
    String externalMessageId,
    String content,
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

  /** The select list and joins that make one, over {@code message m}. */
  static final String SELECT = """
      select m.id, m.external_id as external_message_id, m.content, m.sent_at, m.edited_at, m.revision, m.kind,
        m.source_id, s.name as source_name, m.chat_id, c.title as chat_title, m.thread_id, m.thread_title, m.reply_to,
        m.forwarded_from, m.author_id, trim(p.first_name || ' ' || coalesce(p.last_name, '')) as author_name,
        case when a.person_id is not null then '/avatars/' || m.author_id end as avatar_url,
        t.id as telegram_profile_id, m.importance_score::numeric::float8 as importance_score, m.noise_classification, m.noise_factors, m.noise_reasons,
        m.language, m.created_at, m.updated_at
      """;
  static final String FROM = """
      join source s on s.id = m.source_id join chat c on c.id = m.chat_id join person p on p.id = m.author_id
      left join avatar a on a.person_id = m.author_id left join telegram_profile t on t.person_id = m.author_id
      """;
}
