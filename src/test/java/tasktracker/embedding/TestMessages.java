package tasktracker.embedding;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import tasktracker.platform.data.Database;
import tasktracker.platform.data.Ids;

/** Inserts people, chats and messages directly into a database. */
public final class TestMessages {

  private final Database database;
  private final UUID source = Ids.next();

  public TestMessages(Database database) {
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

  /** Inserts a message. */
  public record Line(UUID person, UUID chat, Instant at, String text) {}

  /** Inserts a message with this time. */
  public UUID says(UUID person, UUID chat, Instant at, String text) {
    return say(List.of(new Line(person, chat, at, text))).getFirst();
  }

  /** Many messages of one person, a second apart. */
  public List<UUID> say(UUID person, UUID chat, Instant from, List<String> texts) {
    List<Line> lines = new ArrayList<>();
    texts.forEach(text -> lines.add(new Line(person, chat, from.plusSeconds(lines.size()), text)));
    return say(lines);
  }

  /** A conversation, in one transaction. */
  public List<UUID> say(List<Line> lines) {
    List<UUID> ids = lines.stream().map(line -> Ids.next()).toList();
    database.run(sql -> sql.createUpdate("""
            insert into message (id, source_id, chat_id, external_id, author_id, kind, content, content_hash, sent_at)
            select id, :source, chat, id::text, person, 'text', content, sha256(convert_to(content, 'UTF8')), at::timestamptz
              from unnest(:ids, :chats, :people, :texts, :times) as t (id, chat, person, content, at)""")
        .bind("source", source).bindArray("ids", UUID.class, ids.toArray())
        .bindArray("chats", UUID.class, lines.stream().map(Line::chat).toArray())
        .bindArray("people", UUID.class, lines.stream().map(Line::person).toArray())
        .bindArray("texts", String.class, lines.stream().map(Line::text).toArray())
        .bindArray("times", String.class, lines.stream().map(line -> line.at().toString()).toArray()).execute());
    return ids;
  }

  /** Changes the text of a message. */
  public void edits(UUID message, String text) {
    database.run((Handle sql) -> sql.execute(
        "update message set content = ?, content_hash = sha256(convert_to(?, 'UTF8')), revision = revision + 1 where id = ?",
        text, text, message));
  }
}
