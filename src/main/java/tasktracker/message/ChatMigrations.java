package tasktracker.message;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import tasktracker.message.IncomingMessage.ChatKind;
import tasktracker.platform.data.Database;
import tasktracker.platform.data.Ids;

/**
 * Handles groups that were upgraded to supergroups. They remain one chat with both ids. Message ids start again in the
 * supergroup, so the ids of the group's messages are shifted by the same offset that Telegram's exports use.
 */
@ApplicationScoped
public class ChatMigrations {

  private static final long ID_OFFSET = 1_000_000_000L;
  private final Database database;

  @Inject
  public ChatMigrations(Database database) {
    this.database = database;
  }

  /** Merges the messages of both ids into one chat. Idempotent: both chats report the migration, in any order. */
  @Transactional
  public void join(UUID source, String oldKey, String newKey, @Nullable String title) {
    database.run(sql -> {
      lock(sql, source, newKey);
      UUID group = lockChat(sql, source, oldKey);
      UUID kept = group == null ? createChat(sql, source, newKey, title) : moveMessages(sql, source, group, newKey);
      sql.createUpdate("""
              insert into chat_alias (source_id, external_id, chat_id) values (:source, :key, :chat)
              on conflict (source_id, external_id) do update set chat_id = excluded.chat_id""")
          .bind("source", source).bind("key", oldKey).bind("chat", kept).execute();
    });
  }

  private static void lock(Handle sql, UUID source, String key) {
    sql.createQuery("select pg_advisory_xact_lock(hashtextextended(:key, 2)) is null")
        .bind("key", source + key).mapTo(Boolean.class).one();
  }

  private static @Nullable UUID lockChat(Handle sql, UUID source, String key) {
    return sql.createQuery("select id from chat where source_id = :source and external_id = :key for update")
        .bind("source", source).bind("key", key).mapTo(UUID.class).findOne().orElse(null);
  }

  private static UUID createChat(Handle sql, UUID source, String key, @Nullable String title) {
    sql.createUpdate("""
            insert into chat (id, source_id, external_id, kind, title) values (:id, :source, :key, 'supergroup', :title)
            on conflict do nothing""")
        .bind("id", Ids.next()).bind("source", source).bind("key", key).bind("title", title).execute();
    return Objects.requireNonNull(lockChat(sql, source, key));
  }

  private static UUID moveMessages(Handle sql, UUID source, UUID group, String newKey) {
    shiftIds(sql, group);
    UUID supergroup = lockChat(sql, source, newKey);
    if (supergroup == null) {
      sql.createUpdate("update chat set external_id = :key, kind = 'supergroup', updated_at = now() where id = :id")
          .bind("key", newKey).bind("id", group).execute();
      return group;
    }
    sql.createUpdate("update message set chat_id = :to where chat_id = :from").bind("to", supergroup).bind("from", group).execute();
    sql.createUpdate(
        "update deleted_message set chat_id = :to, message = jsonb_set(message, '{chat_id}', to_jsonb(:to::text)) where chat_id = :from")
        .bind("to", supergroup).bind("from", group).execute();
    sql.createUpdate("update chat_alias set chat_id = :to where chat_id = :from").bind("to", supergroup).bind("from", group).execute();
    sql.createUpdate("delete from chat where id = :id").bind("id", group).execute();
    return supergroup;
  }

  private static void shiftIds(Handle sql, UUID group) {
    sql.createUpdate("""
            update message set external_id = (external_id::bigint - :shift)::text,
                   reply_to = case when reply_to ~ '^[0-9]{1,15}$' then (reply_to::bigint - :shift)::text else reply_to end
             where chat_id = :chat and external_id ~ '^[0-9]{1,15}$'""")
        .bind("shift", ID_OFFSET).bind("chat", group).execute();
    sql.createUpdate("""
            update deleted_message set external_id = (external_id::bigint - :shift)::text,
                   message = jsonb_set(message, '{external_id}', to_jsonb((external_id::bigint - :shift)::text))
             where chat_id = :chat and external_id ~ '^[0-9]{1,15}$'""")
        .bind("shift", ID_OFFSET).bind("chat", group).execute();
  }

  /** Shifts the ids of late messages of groups that were migrated; other messages are returned unchanged. */
  public List<IncomingMessage> adjust(UUID source, List<IncomingMessage> messages) {
    if (messages.stream().noneMatch(m -> m.chat().kind() == ChatKind.GROUP)) {
      return messages;
    }
    Map<String, Boolean> moved = new HashMap<>();
    return messages.stream().map(m -> m.chat().kind() == ChatKind.GROUP
        && moved.computeIfAbsent(m.chat().externalId(), key -> hasMoved(source, key)) ? shift(m) : m).toList();
  }

  private boolean hasMoved(UUID source, String key) {
    // A migration in progress has locked the group: this statement waits for its end, and the next one sees its result.
    database.ask(sql -> sql.createQuery("select id from chat where source_id = :source and external_id = :key for key share")
        .bind("source", source).bind("key", key).mapTo(UUID.class).findOne());
    return database.ask(sql -> sql.createQuery(
        "select exists (select from chat_alias where source_id = :source and external_id = :key)")
        .bind("source", source).bind("key", key).mapTo(Boolean.class).one());
  }

  private static IncomingMessage shift(IncomingMessage m) {
    return new IncomingMessage(m.chat(), shiftId(m.externalId()), m.author(), m.sentAt(), m.editedAt(), m.kind(), m.text(),
        m.entities(), m.threadId(), m.threadTitle(), m.replyTo() == null ? null : shiftId(m.replyTo()), m.forwardedFrom(),
        m.mediaGroup(), m.reactions());
  }

  private static String shiftId(String id) {
    return id.matches("[0-9]{1,15}") ? String.valueOf(Long.parseLong(id) - ID_OFFSET) : id;
  }
}
