package tasktracker.source;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import tasktracker.message.IncomingMessage;
import tasktracker.message.IncomingMessage.ChatKind;
import tasktracker.platform.data.Database;
import tasktracker.platform.data.StorableText;
import tasktracker.platform.web.json.Json;

/** Finds the messages of a batch that are already stored. */
@ApplicationScoped
public class DuplicateDetector {

  /** The identity of a message, by id and by content. */
  public record MessageKey(int position, String chat, String id, String author, Instant sentAt, String content) {}

  private static final String FROM_KEYS = """
      from jsonb_to_recordset(:marks::jsonb) as mark (position int, chat text, id text, author text,
        sent_at timestamptz, content text)
      join lateral (select chat_id from chat_alias a where a.source_id = :source and a.external_id = mark.chat
                    union all select c.id from chat c where c.source_id = :source and c.external_id = mark.chat
                    limit 1) as there on true
      """;
  private final Database database;

  @Inject
  public DuplicateDetector(Database database) {
    this.database = database;
  }

  /** Indexes of messages that are stored under their own id, or were and have been deleted. */
  public Set<Integer> findById(UUID source, List<IncomingMessage> batch) {
    return query(source, IntStream.range(0, batch.size()).mapToObj(i -> key(i, batch.get(i))).toList(), """
        where exists (select from message m where m.source_id = :source and m.chat_id = there.chat_id and m.external_id = mark.id)
           or exists (select from deleted_message d where d.source_id = :source and d.chat_id = there.chat_id
                         and d.external_id = mark.id)""");
  }

  /**
   * Indexes of messages that the bot received under another id. In private chats and basic groups every account has its
   * own message ids, so an export and the bot agree only on author, time and text.
   */
  public Set<Integer> findByContent(UUID source, List<IncomingMessage> batch) {
    List<MessageKey> keys = IntStream.range(0, batch.size()).filter(i -> isNumberedPerAccount(batch.get(i)))
        .mapToObj(i -> key(i, batch.get(i))).toList();
    return keys.isEmpty() ? Set.of() : query(source, keys, """
        join speaker s on s.source_id = :source and s.external_id = mark.author
        where exists (select from message m
                       where m.chat_id = there.chat_id and m.sent_at = mark.sent_at and m.author_id = s.person_id
                         and m.external_id <> mark.id and m.import_id is null
                         and m.content_hash = sha256(convert_to(mark.content, 'UTF8')))""");
  }

  private Set<Integer> query(UUID source, List<MessageKey> keys, String which) {
    return new HashSet<>(database.ask(sql -> sql.createQuery("select mark.position " + FROM_KEYS + which)
        .bind("marks", Json.jsonb().toJson(keys)).bind("source", source).mapTo(Integer.class).list()));
  }

  private static boolean isNumberedPerAccount(IncomingMessage m) {
    return m.chat().kind() == ChatKind.PRIVATE || m.chat().kind() == ChatKind.GROUP;
  }

  private static MessageKey key(int position, IncomingMessage m) {
    return new MessageKey(position, m.chat().externalId(), m.externalId(), m.author().externalId(), m.sentAt(),
        isNumberedPerAccount(m) ? StorableText.of(m.text()) : "");
  }
}
