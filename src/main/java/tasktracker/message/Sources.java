package tasktracker.message;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.data.Database;
import tasktracker.platform.data.Ids;

/** The sources of messages and their chats. */
@ApplicationScoped
public class Sources {

  /** A source of messages. */
  public record Source(UUID id, String name, String type, boolean isActive, Instant createdAt, Instant updatedAt) {}

  /** A chat of a source. */
  public record Chat(UUID id, UUID sourceId, String externalId, String kind, @Nullable String title, Instant createdAt) {}

  private static final String UNUSED = """
      not exists (select from message m where m.chat_id = c.id)
        and not exists (select from deleted_message d where d.chat_id = c.id)""";
  private final Database database;

  @Inject
  public Sources(Database database) {
    this.database = database;
  }

  /**
   * Returns the source with that name and creates it when it does not exist. Joins the caller's transaction.
   *
   * @param type {@code telegram}, {@code slack}, {@code email} or {@code api}
   */
  @Transactional
  public UUID getOrCreate(String name, String type) {
    // A statement does not see a row that another transaction committed after it started; the next statement does.
    return getOrCreate(name).or(() -> create(name, type)).or(() -> getOrCreate(name)).orElseThrow();
  }

  private Optional<UUID> getOrCreate(String name) {
    return database.ask(sql -> sql.createQuery("select id from source where name = :name").bind("name", name)
        .mapTo(UUID.class).findOne());
  }

  /** Makes a source, unless there is one of that name. Joins the caller's transaction. */
  @Transactional
  public Optional<UUID> create(String name, String type) {
    return database.ask(sql -> sql.createQuery(
        "insert into source (id, name, type) values (:id, :name, :type) on conflict (name) do nothing returning id")
        .bind("id", Ids.next()).bind("name", name).bind("type", type).mapTo(UUID.class).findOne());
  }

  /**
   * A chat with its number of messages.
   *
   * @param title its title, or its id at the source
   * @param messages number of stored messages
   */
  public record BusyChat(UUID id, String title, String sourceName, long messages) {}

  /** Lists the chats with the most messages, up to five hundred. */
  public List<BusyChat> listBusiestChats() {
    return database.ask(sql -> sql.createQuery("""
            select c.id, coalesce(left(c.title, 300), c.external_id) as title, s.name as source_name,
                   coalesce(sum(n.messages), 0) as messages
              from chat c join source s on s.id = c.source_id left join message_count n on n.chat_id = c.id
             group by c.id, s.name order by 4 desc, 2 limit 500""")
        .map(Database.to(BusyChat.class)).list());
  }

  /** Lists the first five hundred sources by name, for a filter. */
  public List<Source> listForFilter() {
    return database.ask(sql -> sql.createQuery("select * from source order by name limit 500").map(Database.to(Source.class)).list());
  }

  /** Lists up to {@code limit} sources by name, after the first {@code skip}. */
  List<Source> page(int limit, int skip) {
    return database.ask(sql -> sql.createQuery("select * from source order by name limit :limit offset :skip")
        .bind("limit", limit).bind("skip", skip).map(Database.to(Source.class)).list());
  }

  public Optional<Source> find(UUID id) {
    return database.ask(sql -> sql.createQuery("select * from source where id = :id").bind("id", id)
        .map(Database.to(Source.class)).findOne());
  }

  /** Lists up to {@code limit} chats of a source by title, after the first {@code skip}. */
  List<Chat> chats(UUID source, int limit, int skip) {
    return database.ask(sql -> sql.createQuery("""
            select id, source_id, external_id, kind, title, created_at from chat
             where source_id = :source order by coalesce(title, external_id), id limit :limit offset :skip""")
        .bind("source", source).bind("limit", limit).bind("skip", skip).map(Database.to(Chat.class)).list());
  }

  /** Enables or disables a source; messages of a disabled source are rejected. Joins the caller's transaction. */
  @Transactional
  public void setActive(UUID id, boolean active) {
    database.run(sql -> sql.createUpdate("update source set is_active = :active, updated_at = now() where id = :id")
        .bind("id", id).bind("active", active).execute());
  }

  /** A chat, and whether its source has renamed it. */
  record Found(UUID id, boolean isRenamed) {}

  /**
   * Returns the chat with that current or former id, creates it when it does not exist, and updates its title. Joins
   * the caller's transaction. Does not wait for other transactions that store messages of the same chat.
   */
  @Transactional
  public UUID getOrCreateChat(UUID source, IncomingMessage.ChatRef chat) {
    Found found = find(source, chat).or(() -> create(source, chat)).or(() -> find(source, chat)).orElseThrow();
    if (found.isRenamed()) {
      rename(found.id(), chat.title());
    }
    return found.id();
  }

  /** Takes the lock of a foreign key, so that the chat still exists when its message is stored. */
  private Optional<Found> find(UUID source, IncomingMessage.ChatRef chat) {
    return database.ask(sql -> sql.createQuery("""
            select id, external_id = :externalId and title is distinct from coalesce(:title, title) as is_renamed from chat
             where id = coalesce((select chat_id from chat_alias where source_id = :source and external_id = :externalId),
                                 (select id from chat where source_id = :source and external_id = :externalId))
               for key share""")
        .bind("source", source).bind("externalId", chat.externalId()).bindByType("title", chat.title(), String.class)
        .map(Database.to(Found.class)).findOne());
  }

  private Optional<Found> create(UUID source, IncomingMessage.ChatRef chat) {
    return database.ask(sql -> sql.createQuery("""
            insert into chat (id, source_id, external_id, kind, title) values (:id, :source, :externalId, :kind, :title)
            on conflict (source_id, external_id) do nothing returning id, false as is_renamed""")
        .bind("id", Ids.next()).bind("source", source).bind("externalId", chat.externalId())
        .bind("kind", chat.kind().name().toLowerCase(Locale.ROOT)).bind("title", chat.title())
        .map(Database.to(Found.class)).findOne());
  }

  /**
   * Deletes the chats of a source that were created since then and that have no messages, not even deleted ones. Joins the
   * caller's transaction. The second statement sees what was committed before the rows were locked: a message that
   * arrived in the meantime is not deleted with its chat.
   */
  @Transactional
  public void deleteUnusedChats(UUID source, @Nullable Instant since) {
    database.run(sql -> {
      List<UUID> locked = sql.createQuery("select c.id from chat c where c.source_id = :source and c.created_at >= :since and "
          + UNUSED + " for update skip locked")
          .bind("source", source).bind("since", since).mapTo(UUID.class).list();
      sql.createUpdate("delete from chat c where c.id = any(:locked) and " + UNUSED)
          .bindArray("locked", UUID.class, locked).execute();
    });
  }

  /** Skips a row that another transaction has locked: the next message updates the title. */
  private void rename(UUID id, @Nullable String title) {
    database.run(sql -> sql.createUpdate("""
            update chat set title = :title, updated_at = now()
             where id = (select id from chat where id = :id for no key update skip locked)""")
        .bind("id", id).bind("title", title).execute());
  }
}
