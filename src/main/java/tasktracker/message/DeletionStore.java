package tasktracker.message;

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
import tasktracker.platform.data.Database;

/** The statements of deleting and restoring. All join the caller's transaction. */
@ApplicationScoped
class DeletionStore {

  private static final int AT_ONCE = 500;
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
  private static final String BRING_BACK = """
      with back as (
        delete from deleted_message where id in (
          select id from deleted_message where deletion_id = :deletion and message is not null order by id limit :most)
        returning *),
      said as (
        insert into message select r.* from back, jsonb_populate_record(null::message, back.message) as r returning id, content),
      before as (
        insert into message_revision
        select r.* from back, jsonb_populate_recordset(null::message_revision, back.revisions) as r),
      corrected as (
        insert into score_correction
        select r.* from back, jsonb_populate_recordset(null::score_correction, back.corrections) as r)
      select id, content from said""";

  private @Nullable Database database;

  protected DeletionStore() {}

  @Inject
  DeletionStore(Database database) {
    this.database = database;
  }

  void add(UUID id, @Nullable List<UUID> ids, @Nullable String filter, String by) {
    database.run(sql -> sql.createUpdate("""
            insert into deletion (id, message_ids, filter, status, asked_by)
            values (:id, cast(:ids as uuid[]), :filter, 'deleting', :by)""")
        .bind("id", id).bind("ids", ids == null ? null : ids.toString().replace('[', '{').replace(']', '}'))
        .bind("filter", filter).bind("by", by).execute());
  }

  /** The deletion, locked. */
  Optional<Deletion> lock(UUID id) {
    return database.ask(sql -> sql.createQuery(SELECT + "where id = :id for update").bind("id", id)
        .map(DeletionStore::read).findOne());
  }

  Optional<Deletion> find(UUID id) {
    return database.ask(sql -> sql.createQuery(SELECT + "where id = :id").bind("id", id).map(DeletionStore::read).findOne());
  }

  /** The newest deletions. */
  List<Deletion> newest(int limit) {
    return database.ask(sql -> sql.createQuery(SELECT + "order by asked_at desc limit :limit").bind("limit", limit)
        .map(DeletionStore::read).list());
  }

  private static Deletion read(ResultSet row, StatementContext context) throws SQLException {
    var ids = row.getArray("message_ids");
    return new Deletion(row.getObject("id", UUID.class), ids == null ? null : List.of((UUID[]) ids.getArray()),
        row.getString("filter"), row.getString("status"), row.getLong("messages"), row.getString("asked_by"),
        row.getObject("asked_at", OffsetDateTime.class).toInstant(), row.getBoolean("is_undoable"));
  }

  void become(UUID id, String status, long more) {
    database.run(sql -> sql.createUpdate("update deletion set status = :status, messages = messages + :more where id = :id")
        .bind("id", id).bind("status", status).bind("more", more).execute());
  }

  /** Puts some of the messages away that were there when it was asked, and tells which. */
  List<UUID> remove(UUID deletion, String condition, Map<String, Object> values, Instant asked) {
    Map<String, Object> bound = new HashMap<>(values);
    bound.put("asked", asked);
    return database.ask(sql -> sql.createQuery(REMOVE.formatted(condition + " and m.created_at <= :asked"))
        .bindMap(bound).bind("deletion", deletion).bind("most", AT_ONCE).mapTo(UUID.class).list());
  }

  /** Puts some of the messages back, with their scores, edits and corrections. */
  List<MessagesStored.Stored> bringBack(UUID deletion) {
    return database.ask(sql -> sql.createQuery(BRING_BACK).bind("deletion", deletion).bind("most", AT_ONCE)
        .map(Database.to(MessagesStored.Stored.class)).list());
  }

  /** The id under which a message was deleted, if it was. */
  Optional<UUID> deleted(MessageRow row) {
    return database.ask(sql -> sql.createQuery("""
            select id from deleted_message
             where source_id = :sourceId and chat_id = :chatId and external_id = :externalId""")
        .bindMethods(row).mapTo(UUID.class).findOne());
  }

  /** Forgets what was said in some messages that can no longer be restored; that they were deleted is remembered. */
  int forgetSome() {
    return database.ask(sql -> sql.createUpdate("""
            update deleted_message set message = null, revisions = null, corrections = null where id in (
              select id from deleted_message where message is not null and deleted_at < now() - :days * interval '1 day'
               limit :most)""")
        .bind("days", Deletion.DAYS_KEPT).bind("most", AT_ONCE).execute());
  }
}
