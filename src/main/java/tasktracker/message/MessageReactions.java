package tasktracker.message;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import tasktracker.platform.data.Database;
import tasktracker.platform.web.json.Json;

/** Reads and replaces the reactions of single messages. All methods join the caller's transaction. */
@ApplicationScoped
public class MessageReactions {

  /** A locked message with its current reactions, as JSON. */
  public record Locked(UUID id, String reactions) {}

  private final Database database;
  private final Event<Object> events;

  @Inject
  public MessageReactions(Database database, Event<Object> events) {
    this.database = database;
    this.events = events;
  }

  /** Locks the message with that id at its source; empty when it is not stored. */
  @Transactional
  public Optional<Locked> lock(UUID chat, String externalId) {
    return database.ask(sql -> sql.createQuery("""
            select id, reactions::text as reactions from message where chat_id = :chat and external_id = :id for update""")
        .bind("chat", chat).bind("id", externalId).map(Database.to(Locked.class)).findOne());
  }

  /** Replaces the reactions of a message; {@link MessageReacted} is fired inside the transaction. */
  @Transactional
  public void replace(UUID message, List<IncomingMessage.Reaction> reactions) {
    database.run(sql -> sql.createUpdate("update message set reactions = :reactions::jsonb, updated_at = now() where id = :id")
        .bind("reactions", Json.jsonb().toJson(reactions)).bind("id", message).execute());
    events.fire(new MessageReacted(message));
  }
}
