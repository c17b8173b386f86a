package tasktracker.message;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.data.Database;
import tasktracker.platform.web.json.Json;

/** SQL statements that write messages in batches. All join the caller's transaction. */
@ApplicationScoped
public class MessageStore {

  /**
   * A message that is already stored.
   *
   * @param isNewerEdit whether the incoming row is an edit that must be stored
   * @param isUnreadable whether the stored message could not be parsed and the incoming row could
   */
  record Existing(UUID id, boolean isNewerEdit, boolean isUnreadable) {}

  /** A message that was parsed again from its stored update. */
  public record Candidate(int number, String chat, String externalId, String content, Instant sentAt, @Nullable Instant editedAt) {}

  /**
   * A stored message that contains less than its source sent.
   *
   * @param number index in the list of candidates
   * @param isEdit whether the source sent a later edit; otherwise the stored version was not fully parsed
   */
  record Outdated(int number, UUID id, boolean isEdit) {}

  private static final String ROWS = """
      from jsonb_to_recordset(:rows::jsonb) as r (id uuid, source_id uuid, chat_id uuid, external_id text,
        author_id uuid, kind text, content text, entities text, sent_at timestamptz, edited_at timestamptz,
        thread_id text, thread_title text, reply_to text, forwarded_from text, media_group text, reactions text,
        import_id uuid)
      """;
  private static final String INSERT = """
      insert into message (id, source_id, chat_id, external_id, author_id, kind, content, content_hash, entities,
        sent_at, edited_at, thread_id, thread_title, reply_to, forwarded_from, media_group, reactions, import_id)
      select id, source_id, chat_id, external_id, author_id, kind, content, sha256(convert_to(content, 'UTF8')),
        entities::jsonb, sent_at, edited_at, thread_id, thread_title, reply_to, forwarded_from, media_group,
        reactions::jsonb, import_id
      """ + ROWS + """
      where not exists (select from deleted_message d where d.source_id = r.source_id and d.chat_id = r.chat_id
                           and d.external_id = r.external_id)
      on conflict (source_id, chat_id, external_id) do nothing returning id""";

  /** Selects messages that consist of a label in brackets, as for media without text, or that no parser knew. */
  private static final String OUTDATED = """
      select r.number, m.id, coalesce(r.edited_at > coalesce(m.edited_at, m.sent_at), false) as is_edit
        from jsonb_to_recordset(:told::jsonb) as r (number int, chat text, external_id text, content text,
               sent_at timestamptz, edited_at timestamptz)
        join message m on m.source_id = :source and m.external_id = r.external_id
         and m.chat_id = coalesce((select a.chat_id from chat_alias a where a.source_id = :source and a.external_id = r.chat),
                                  (select c.id from chat c where c.source_id = :source and c.external_id = r.chat))
       where m.content_hash <> sha256(convert_to(r.content, 'UTF8'))
         and (r.edited_at > coalesce(m.edited_at, m.sent_at)
           or (m.kind = 'unsupported' or rtrim(m.content) like '[%]' and strpos(m.content, chr(10)) = 0)
             and coalesce(r.edited_at, r.sent_at) = coalesce(m.edited_at, m.sent_at))
       order by r.number""";

  private final Database database;

  @Inject
  public MessageStore(Database database) {
    this.database = database;
  }

  /** Deletes a batch of the messages of an import and returns their ids. */
  List<UUID> deleteImported(UUID importId, int limit) {
    return database.ask(sql -> sql.createQuery(
        "delete from message where id in (select id from message where import_id = :id limit :limit) returning id")
        .bind("id", importId).bind("limit", limit).mapTo(UUID.class).list());
  }

  /** Inserts the rows that are not stored yet and returns their ids. */
  public List<UUID> insert(List<MessageRow> rows) {
    return database.ask(sql -> sql.createQuery(INSERT).bind("rows", Json.jsonb().toJson(rows)).mapTo(UUID.class).list());
  }

  /**
   * Finds the message with the row's ids and locks it. An edit is newer when its text differs and no later edit was
   * stored: updates arrive out of order, and a reaction alone sets the time of the edit. A message that could not be
   * parsed never replaces one that could.
   */
  Optional<Existing> lock(MessageRow row) {
    return database.ask(sql -> sql.createQuery("""
            select id, coalesce(:editedAt::timestamptz >= coalesce(edited_at, sent_at)
                and content_hash <> sha256(convert_to(:content, 'UTF8')), false)
                and (:kind <> 'unsupported' or kind = 'unsupported') as is_newer_edit,
                   kind = 'unsupported' and :kind <> 'unsupported' as is_unreadable
              from message where source_id = :sourceId and chat_id = :chatId and external_id = :externalId for update""")
        .bindMethods(row).map(Database.to(Existing.class)).findOne());
  }

  /** Stores the current text as a revision, replaces it with the new text and removes the score. */
  int revise(UUID id, MessageText text) {
    return database.ask(sql -> {
      sql.createUpdate("""
              insert into message_revision (message_id, revision, content, entities, edited_at)
              select id, revision, content, entities, edited_at from message where id = :message""")
          .bind("message", id).execute();
      return replace(sql, id, text, true);
    });
  }

  /** Replaces a text that its author never wrote: no revision is stored and no edit is recorded. */
  int replace(UUID id, MessageText text) {
    return database.ask(sql -> replace(sql, id, text, false));
  }

  private static int replace(Handle sql, UUID id, MessageText text, boolean isEdit) {
    return sql.createQuery("""
            update message set kind = :kind, content = :content, content_hash = sha256(convert_to(:content, 'UTF8')),
                entities = :entities::jsonb, edited_at = case when :isEdit then :editedAt::timestamptz else edited_at end,
                revision = revision + 1, importance_score = null, noise_classification = null, noise_factors = null,
                noise_reasons = null, scored_at = null, updated_at = now()
             where id = :message returning revision""")
        .bind("message", id).bind("isEdit", isEdit).bindMethods(text).mapTo(Integer.class).one();
  }

  /** Finds messages that are stored with less than their source sent. */
  List<Outdated> findOutdated(UUID source, List<Candidate> candidates) {
    return findOutdated(source, candidates, "");
  }

  /** Locks the message if it is still stored with less than its source sent. */
  Optional<Outdated> lockOutdated(UUID source, Candidate candidates) {
    return findOutdated(source, List.of(candidates), " for update of m").stream().findFirst();
  }

  private List<Outdated> findOutdated(UUID source, List<Candidate> candidates, String lock) {
    return database.ask(sql -> sql.createQuery(OUTDATED + lock).bind("source", source).bind("told", Json.jsonb().toJson(candidates))
        .map(Database.to(Outdated.class)).list());
  }

  /** Stores the reactions of a repeated message, if it contains any. */
  void updateReactions(UUID id, MessageRow row) {
    database.run(sql -> sql.createUpdate("""
            update message set reactions = :reactions::jsonb, updated_at = now()
             where id = :message and :reactions <> '[]' and reactions <> :reactions::jsonb""")
        .bind("message", id).bindMethods(row).execute());
  }

  /** Finds the rows of a batch that are stored with another text and are marked as edited, or with other reactions. */
  List<UUID> findPossiblyEdited(List<MessageRow> rows) {
    return database.ask(sql -> sql.createQuery("select r.id " + ROWS + """
            join message m using (source_id, chat_id, external_id)
            where m.id <> r.id and (r.edited_at is not null and m.content_hash <> sha256(convert_to(r.content, 'UTF8'))
               or r.reactions <> '[]' and m.reactions <> r.reactions::jsonb)""")
        .bind("rows", Json.jsonb().toJson(rows)).mapTo(UUID.class).list());
  }
}
