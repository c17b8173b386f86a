package tasktracker.source.telegram;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tasktracker.message.ChatMigrations;
import tasktracker.message.IncomingMessage;
import tasktracker.message.Messages;
import tasktracker.message.Sources;
import tasktracker.platform.data.Database;
import tasktracker.platform.data.Ids;
import tasktracker.platform.job.Jobs;

/** Updates as they came in, each kept once together with the messages in it. */
@ApplicationScoped
public class Inbox {

  private @Nullable Database database;
  private @Nullable Sources sources;
  private @Nullable Messages messages;
  private @Nullable ChatMigrations migrations;
  private @Nullable Portraits portraits;
  private @Nullable Jobs jobs;

  protected Inbox() {}

  @Inject
  public Inbox(Database database, Sources sources, Messages messages, ChatMigrations migrations, Portraits portraits,
      Jobs jobs) {
    this.database = database;
    this.sources = sources;
    this.messages = messages;
    this.migrations = migrations;
    this.portraits = portraits;
    this.jobs = jobs;
  }

  /** Keeps an update and what it says, in one transaction; one that is known already changes nothing. */
  @Transactional
  public void receive(Update update) {
    UpdateReader.Reading reading = UpdateReader.read(update.json());
    UUID source = telegram();
    if (add(source, update, reading.ignored() == null ? "stored" : "ignored", reading.ignored()).isPresent()) {
      keep(source, reading);
    }
  }

  /** Keeps an update that could not be read, and asks for another try. */
  @Transactional
  public void receiveForLater(Update update, String error) {
    add(telegram(), update, "failed", error).ifPresent(id -> jobs.enqueue(new SaveTelegramMessage(id)));
  }

  /** Reads a kept update again. What was stored before is not stored twice. */
  @Transactional
  public void replay(UUID id) {
    Kept kept = database.ask(sql -> sql.createQuery("select source_id, body::text as body from inbox where id = :id for update")
        .bind("id", id).map(Database.to(Kept.class)).findOne()).orElse(null);
    if (kept != null) {
      UpdateReader.Reading reading = UpdateReader.read(Update.of(kept.body()).json());
      keep(kept.sourceId(), reading);
      settle(id, reading.ignored() == null ? "stored" : "ignored", reading.ignored());
    }
  }

  record Kept(UUID sourceId, String body) {}

  private UUID telegram() {
    return sources.named("telegram", "telegram");
  }

  private void keep(UUID source, UpdateReader.Reading reading) {
    reading.migrations().forEach(m -> migrations.join(source, m.oldKey(), m.newKey(), m.title()));
    for (IncomingMessage message : migrations.adjusted(source, reading.messages())) {
      messages.receive(source, message);
      portraits.wish(source, message.author());
    }
  }

  private Optional<UUID> add(UUID source, Update update, String state, @Nullable String error) {
    return database.ask(sql -> sql.createQuery("""
            insert into inbox (id, source_id, update_id, body_hash, body, state, error)
            values (:id, :source, :updateId, sha256(convert_to(:body, 'UTF8')), :body::jsonb, :state, :error)
            on conflict do nothing returning id""")
        .bind("id", Ids.next()).bind("source", source).bind("updateId", update.id()).bind("body", update.storable())
        .bind("state", state).bind("error", error).mapTo(UUID.class).findOne());
  }

  private void settle(UUID id, String state, @Nullable String error) {
    database.run(sql -> sql.createUpdate("update inbox set state = :state, error = :error where id = :id")
        .bind("id", id).bind("state", state).bind("error", error).execute());
  }
}
