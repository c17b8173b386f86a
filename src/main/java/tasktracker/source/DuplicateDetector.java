package tasktracker.source;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tasktracker.message.IncomingMessage;
import tasktracker.message.IncomingMessage.ChatKind;
import tasktracker.platform.data.Database;
import tasktracker.platform.data.StorableText;
import tasktracker.platform.web.Json;

/** Asks which messages of a batch are there already. */
@ApplicationScoped
public class DuplicateDetector {

  /** What tells a message apart, by id and otherwise. */
  public record Mark(int position, String chat, String id, String author, Instant sentAt, String content) {}

  private static final String MARKS = """
      from jsonb_to_recordset(:marks::jsonb) as mark (position int, chat text, id text, author text,
        sent_at timestamptz, content text)
      join lateral (select chat_id from chat_alias a where a.source_id = :source and a.external_id = mark.chat
                    union all select c.id from chat c where c.source_id = :source and c.external_id = mark.chat
                    limit 1) as there on true
      """;
  private @Nullable Database database;

  protected DuplicateDetector() {}

  @Inject
  public DuplicateDetector(Database database) {
    this.database = database;
  }

  /** Positions of messages that are there under their own id. */
  public Set<Integer> among(UUID source, List<IncomingMessage> batch) {
    return ask(source, IntStream.range(0, batch.size()).mapToObj(i -> mark(i, batch.get(i))).toList(), """
        where exists (select from message m where m.source_id = :source and m.chat_id = there.chat_id and m.external_id = mark.id)""");
  }

  /**
   * Positions of messages that the bot heard itself, under another id. In private chats and basic groups every account
   * numbers messages for itself, so an export and the bot agree only on who said what when.
   */
  public Set<Integer> echoes(UUID source, List<IncomingMessage> batch) {
    List<Mark> marks = IntStream.range(0, batch.size()).filter(i -> isNumberedForOne(batch.get(i)))
        .mapToObj(i -> mark(i, batch.get(i))).toList();
    return marks.isEmpty() ? Set.of() : ask(source, marks, """
        join speaker s on s.source_id = :source and s.external_id = mark.author
        where exists (select from message m
                       where m.chat_id = there.chat_id and m.sent_at = mark.sent_at and m.author_id = s.person_id
                         and m.external_id <> mark.id and m.import_id is null
                         and m.content_hash = sha256(convert_to(mark.content, 'UTF8')))""");
  }

  private Set<Integer> ask(UUID source, List<Mark> marks, String which) {
    return new HashSet<>(database.ask(sql -> sql.createQuery("select mark.position " + MARKS + which)
        .bind("marks", Json.jsonb().toJson(marks)).bind("source", source).mapTo(Integer.class).list()));
  }

  private static boolean isNumberedForOne(IncomingMessage m) {
    return m.chat().kind() == ChatKind.PRIVATE || m.chat().kind() == ChatKind.GROUP;
  }

  private static Mark mark(int position, IncomingMessage m) {
    return new Mark(position, m.chat().externalId(), m.externalId(), m.author().externalId(), m.sentAt(),
        isNumberedForOne(m) ? StorableText.of(m.text()) : "");
  }
}
