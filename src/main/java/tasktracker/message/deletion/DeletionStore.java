package tasktracker.message.deletion;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;
import tasktracker.message.MessageRow;
import tasktracker.message.MessagesStored;
import tasktracker.platform.data.Database;

/** SQL statements that delete and restore messages. All join the caller's transaction. */
@ApplicationScoped
public class DeletionStore {

  private static final int BATCH_SIZE = 500;
  private static final String SELECT = "select *, status = 'deleted' and asked_at > now() - interval '"
      + Deletion.DAYS_KEPT + " days' as is_undoable from deletion ";
  private static final String REMOVE = """
      with gone as (
        delete from message x using (select id from message m where %s order by id limit :most for update) as d
         where x.id = d.id returning x.*)
      insert into deleted_message (id, deletion_id, source_id, chat_id, author_id, external_id, message, revisions, corrections)
      select g.id, :deletion, g.source_id, g.chat_id, g.author_id, g.external_id, to_jsonb(g),
             (select jsonb_agg(r) from message_revision r where r.message_id = g.id),
             (select jsonb_agg(c) from score_correction c where c.message_id = g.id)
        from gone g returning id""";
  private static final String RESTORE = """
      with back as (
        delete from deleted_message where id in (
          select id from deleted_message where deletion_id = :deletion and message is not null order by id limit :most)
        returning *),
      said as (
        insert into message select r.* from back, jsonb_populate_record(null::message, back.message) as r returning id, content),
      before as (
        insert into message_revision
        select r.* from back, jsonb_populate_recordset(null::message_revision, back.revisions) as r)
      select said.id, said.content, back.corrections::text as corrections from said join back on back.id = said.id""";

  /** A restored message; its corrections are a JSON array of rows, null when there are none. */
  record Restored(UUID id, String content, @Nullable String corrections) {

    MessagesStored.Stored stored() {
      return new MessagesStored.Stored(id, content);
    }
  }

  private final Database database;

  @Inject
  DeletionStore(Database database) {
    this.database = database;
  }

  void insert(UUID id, @Nullable List<UUID> ids, @Nullable String filter, String by) {
    database.run(sql -> sql.createUpdate("""
            insert into deletion (id, message_ids, filter, status, asked_by)
            values (:id, cast(:ids as uuid[]), :filter, 'deleting', :by)""")
        .bind("id", id).bind("ids", ids == null ? null : ids.toString().replace('[', '{').replace(']', '}'))
        .bind("filter", filter).bind("by", by).execute());
  }

  /** Finds and locks the deletion. */
  Optional<Deletion> lock(UUID id) {
    return database.ask(sql -> sql.createQuery(SELECT + "where id = :id for update").bind("id", id)
        .map(DeletionStore::read).findOne());
  }

  Optional<Deletion> find(UUID id) {
    return database.ask(sql -> sql.createQuery(SELECT + "where id = :id").bind("id", id).map(DeletionStore::read).findOne());
  }

  /** Lists the newest deletions, each with what is stored of its first hundred messages. */
  List<DeletionItem> list(int limit) {
    return database.ask(sql -> sql.createQuery("select d.*, content.chats, content.text from (" + SELECT + """
            order by asked_at desc limit :limit) d cross join lateral (
              with first as (select id, chat_id, message from deleted_message where deletion_id = d.id limit 100)
              select (select array_agg(distinct coalesce(c.title, s.name) order by coalesce(c.title, s.name))
                        from first join chat c on c.id = chat_id join source s on s.id = c.source_id) as chats,
                     (select left(split_part(message ->> 'content', chr(10), 1), 200)
                        from first where message is not null order by id limit 1) as text) as content
            order by d.asked_at desc""").bind("limit", limit)
        .map(DeletionStore::readItem).list());
  }

  private static DeletionItem readItem(ResultSet row, StatementContext context) throws SQLException {
    var chats = row.getArray("chats");
    return new DeletionItem(read(row, context), chats == null ? List.of() : List.of((String[]) chats.getArray()), row.getString("text"));
  }

  private static Deletion read(ResultSet row, StatementContext context) throws SQLException {
    var ids = row.getArray("message_ids");
    return new Deletion(row.getObject("id", UUID.class), ids == null ? null : List.of((UUID[]) ids.getArray()),
        row.getString("filter"), row.getString("status"), row.getLong("messages"), row.getString("asked_by"),
        row.getObject("asked_at", OffsetDateTime.class).toInstant(), row.getBoolean("is_undoable"));
  }

  void updateStatus(UUID id, String status, long more) {
    database.run(sql -> sql.createUpdate("update deletion set status = :status, messages = messages + :more where id = :id")
        .bind("id", id).bind("status", status).bind("more", more).execute());
  }

  /**
   * Moves a batch of the messages that were stored at the time of the request to {@code deleted_message} and returns
   * their ids.
   */
  List<UUID> removeBatch(UUID deletion, String condition, Map<String, Object> values, Instant asked) {
    Map<String, Object> bound = new HashMap<>(values);
    bound.put("asked", asked);
    return database.ask(sql -> sql.createQuery(REMOVE.formatted(condition + " and m.created_at <= :asked"))
        .bindMap(bound).bind("deletion", deletion).bind("most", BATCH_SIZE).mapTo(UUID.class).list());
  }

  /** Restores a batch of messages with their scores and edits. */
  List<Restored> restoreBatch(UUID deletion) {
    return database.ask(sql -> sql.createQuery(RESTORE).bind("deletion", deletion).bind("most", BATCH_SIZE)
        .map(Database.to(Restored.class)).list());
  }

  /** The id of the deleted message with the same external id, if there is one. */
  public Optional<UUID> findDeleted(MessageRow row) {
    return database.ask(sql -> sql.createQuery("""
            select id from deleted_message
             where source_id = :sourceId and chat_id = :chatId and external_id = :externalId""")
        .bindMethods(row).mapTo(UUID.class).findOne());
  }

  /** Purges the content of a batch of messages that can no longer be restored; the record of the deletion stays. */
  int purgeBatch() {
    return database.ask(sql -> sql.createUpdate("""
            update deleted_message set message = null, revisions = null, corrections = null where id in (
              select id from deleted_message where message is not null and deleted_at < now() - :days * interval '1 day'
               limit :most)""")
        .bind("days", Deletion.DAYS_KEPT).bind("most", BATCH_SIZE).execute());
  }
}
