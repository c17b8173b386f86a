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
import tasktracker.platform.web.Json;

/** The statements that write messages, a batch with each. All join the caller's transaction. */
@ApplicationScoped
class MessageStore {

  /**
   * A message that is there already.
   *
   * @param isNews whether the row is an edit that is to be kept
   * @param isUnread whether the row can be read and what is kept could not
   */
  record Known(UUID id, boolean isNews, boolean isUnread) {}

  /** A message read again from what its source told. */
  public record Told(int number, String chat, String externalId, String content, Instant sentAt, @Nullable Instant editedAt) {}

  /**
   * A message of which the source told more than is kept.
   *
   * @param number which of those that were asked about
   * @param isEdit whether the source tells a later edit; otherwise it is the version that is kept, which was not understood
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

  /** Only a label in brackets, as for media without words, or something that no reader knew. */
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

  private @Nullable Database database;

  protected MessageStore() {}

  @Inject
  MessageStore(Database database) {
    this.database = database;
  }

  /** Keeps what is not there yet and gives back the ids of what was kept. */
  List<UUID> insert(List<MessageRow> rows) {
    return database.ask(sql -> sql.createQuery(INSERT).bind("rows", Json.jsonb().toJson(rows)).mapTo(UUID.class).list());
  }

  /**
   * Finds the message under the row's ids and locks it. An edit is news when its text differs and no later edit was
   * seen before: updates arrive out of order, and a reaction alone already sets the time of edit. What could not be read
   * never takes the place of what could.
   */
  Optional<Known> lock(MessageRow row) {
    return database.ask(sql -> sql.createQuery("""
            select id, coalesce(:editedAt::timestamptz >= coalesce(edited_at, sent_at)
                and content_hash <> sha256(convert_to(:content, 'UTF8')), false)
                and (:kind <> 'unsupported' or kind = 'unsupported') as is_news,
                   kind = 'unsupported' and :kind <> 'unsupported' as is_unread
              from message where source_id = :sourceId and chat_id = :chatId and external_id = :externalId for update""")
        .bindMethods(row).map(Database.to(Known.class)).findOne());
  }

  /** Puts the present text aside as a revision, takes the new text in its place and the score back. */
  int revise(UUID id, MessageText text) {
    return database.ask(sql -> {
      sql.createUpdate("""
              insert into message_revision (message_id, revision, content, entities, edited_at)
              select id, revision, content, entities, edited_at from message where id = :message""")
          .bind("message", id).execute();
      return replace(sql, id, text, true);
    });
  }

  /** Takes the text in the place of one that its author never wrote: no revision is put aside, no edit is told. */
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

  /** Which of these messages are kept with less than their source told. */
  List<Outdated> outdated(UUID source, List<Told> told) {
    return outdated(source, told, "");
  }

  /** The message, locked, when it is still kept with less than its source told. */
  Optional<Outdated> lockOutdated(UUID source, Told told) {
    return outdated(source, List.of(told), " for update of m").stream().findFirst();
  }

  private List<Outdated> outdated(UUID source, List<Told> told, String lock) {
    return database.ask(sql -> sql.createQuery(OUTDATED + lock).bind("source", source).bind("told", Json.jsonb().toJson(told))
        .map(Database.to(Outdated.class)).list());
  }

  /** Keeps reactions that came with a repeated message, when it tells any. */
  void react(UUID id, MessageRow row) {
    database.run(sql -> sql.createUpdate("""
            update message set reactions = :reactions::jsonb, updated_at = now()
             where id = :message and :reactions <> '[]' and reactions <> :reactions::jsonb""")
        .bind("message", id).bindMethods(row).execute());
  }

  /** Which rows of a batch are known with another text and say they were edited. */
  List<UUID> possiblyEdited(List<MessageRow> rows) {
    return database.ask(sql -> sql.createQuery("select r.id " + ROWS + """
            join message m using (source_id, chat_id, external_id)
            where m.id <> r.id and (r.edited_at is not null and m.content_hash <> sha256(convert_to(r.content, 'UTF8'))
               or r.reactions <> '[]' and m.reactions <> r.reactions::jsonb)""")
        .bind("rows", Json.jsonb().toJson(rows)).mapTo(UUID.class).list());
  }
}
