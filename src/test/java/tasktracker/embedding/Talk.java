package tasktracker.embedding;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import tasktracker.platform.data.Database;
import tasktracker.platform.data.Ids;

/** Puts people, chats and what they said straight into a database. */
public final class Talk {

  private final Database database;
  private final UUID source = Ids.next();

  public Talk(Database database) {
    this.database = database;
    database.run(sql -> sql.execute("insert into source (id, name, type) values (?, ?, 'api')", source, "talk " + source));
  }

  public UUID chat(String title) {
    UUID id = Ids.next();
    database.run(sql -> sql.execute(
        "insert into chat (id, source_id, external_id, kind, title) values (?, ?, ?, 'group', ?)", id, source, "group:" + id, title));
    return id;
  }

  public UUID person(String firstName) {
    UUID id = Ids.next();
    database.run(sql -> sql.execute("insert into person (id, first_name) values (?, ?)", id, firstName));
    return id;
  }

  /** One message, said at that time. */
  public UUID says(UUID person, UUID chat, Instant at, String text) {
    return say(person, chat, at, List.of(text)).getFirst();
  }

  /** Many messages, a second apart. */
  public List<UUID> say(UUID person, UUID chat, Instant from, List<String> texts) {
    List<UUID> ids = new ArrayList<>();
    database.run(sql -> sql.useTransaction(t -> {
      var batch = t.prepareBatch("""
          insert into message (id, source_id, chat_id, external_id, author_id, kind, content, content_hash, sent_at)
          values (:id, :source, :chat, :id, :person, 'text', :text, sha256(convert_to(:text, 'UTF8')), :at)""");
      for (String text : texts) {
        UUID id = Ids.next();
        batch.bind("id", id).bind("source", source).bind("chat", chat).bind("person", person).bind("text", text)
            .bind("at", from.plusSeconds(ids.size())).add();
        ids.add(id);
      }
      batch.execute();
    }));
    return ids;
  }

  /** The message says something else from now on. */
  public void edits(UUID message, String text) {
    database.run((Handle sql) -> sql.execute(
        "update message set content = ?, content_hash = sha256(convert_to(?, 'UTF8')), revision = revision + 1 where id = ?",
        text, text, message));
  }
}
