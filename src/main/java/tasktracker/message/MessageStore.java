package tasktracker.message;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.data.Database;
import tasktracker.platform.web.Json;

/** The statements that write messages, a batch with each. All join the caller's transaction. */
@ApplicationScoped
class MessageStore {

  /** A message that is there already, with what decides whether an edit is news. */
  record Known(UUID id, boolean isNews) {}

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
   * seen before: updates arrive out of order, and a reaction alone already sets the time of edit.
   */
  Optional<Known> lock(MessageRow row) {
    return database.ask(sql -> sql.createQuery("""
            select id, coalesce(:editedAt::timestamptz >= coalesce(edited_at, sent_at)
                and content_hash <> sha256(convert_to(:content, 'UTF8')), false) as is_news
              from message where source_id = :sourceId and chat_id = :chatId and external_id = :externalId for update""")
        .bindMethods(row).map(Database.to(Known.class)).findOne());
  }

  /** Puts the present text aside as a revision, takes the row's text in its place and the score back. */
  int revise(UUID id, MessageRow row) {
    return database.ask(sql -> {
      sql.createUpdate("""
              insert into message_revision (message_id, revision, content, entities, edited_at)
              select id, revision, content, entities, edited_at from message where id = :message""")
          .bind("message", id).execute();
      return sql.createQuery("""
              update message set content = :content, content_hash = sha256(convert_to(:content, 'UTF8')),
                  entities = :entities::jsonb, edited_at = :editedAt, revision = revision + 1, importance_score = null,
                  noise_classification = null, noise_factors = null, noise_reasons = null, scored_at = null,
                  updated_at = now()
               where id = :message returning revision""")
          .bind("message", id).bindMethods(row).mapTo(Integer.class).one();
    });
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
