package tasktracker.source.telegram;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.List;
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
public class UpdateInbox {

  private @Nullable Database database;
  private @Nullable Sources sources;
  private @Nullable Messages messages;
  private @Nullable ChatMigrations migrations;
  private @Nullable AvatarRequests portraits;
  private @Nullable TelegramGroups groups;
  private @Nullable Reactions reactions;
  private @Nullable CommandScheduler commands;
  private @Nullable Jobs jobs;

  protected UpdateInbox() {}

  @Inject
  public UpdateInbox(Database database, Sources sources, Messages messages, ChatMigrations migrations, AvatarRequests portraits,
      TelegramGroups groups, Reactions reactions, CommandScheduler commands, Jobs jobs) {
    this.database = database;
    this.sources = sources;
    this.messages = messages;
    this.migrations = migrations;
    this.portraits = portraits;
    this.groups = groups;
    this.reactions = reactions;
    this.commands = commands;
    this.jobs = jobs;
  }

  /**
   * Keeps an update and what it says, in one transaction; one that is known already changes nothing.
   *
   * @param together what else belongs into the transaction, such as moving on behind the update
   */
  @Transactional
  public void receive(TelegramUpdate update, Runnable together) {
    together.run();
    UUID source = telegram();
    UpdateReader.Reading reading = welcome(source, UpdateReader.read(update.json()));
    add(source, update, state(reading), reason(reading)).ifPresent(id -> {
      keep(source, reading);
      commands.wish(id, update.json());
    });
  }

  /** What could not be read counts as failed when nothing was kept of it: an edit leaves the text as it was. */
  private static String state(UpdateReader.Reading reading) {
    return reading.ignored() != null ? "ignored"
        : reading.unread() != null && reading.messages().stream().anyMatch(m -> m.editedAt() != null) ? "failed" : "stored";
  }

  private static @Nullable String reason(UpdateReader.Reading reading) {
    return reading.ignored() == null ? reading.unread() : reading.ignored();
  }

  /** Keeps an update that could not be read, and asks for another try. */
  @Transactional
  public void receiveForLater(TelegramUpdate update, String error, Runnable together) {
    together.run();
    add(telegram(), update, "failed", error).ifPresent(id -> jobs.enqueue(new SaveTelegramMessage(id)));
  }

  /** What is said where we do not listen is put aside, so that it can be read once we do. */
  private UpdateReader.Reading welcome(UUID source, UpdateReader.Reading reading) {
    String reason = groups.unwelcome(source, reading.messages().stream().map(m -> m.chat().externalId()).distinct().toList());
    return reason == null || reading.ignored() != null ? reading
        : new UpdateReader.Reading(List.of(), reading.migrations(), List.of(), reading.membership(), null, reason);
  }

  /** Reads a kept update again. What was stored before is not stored twice. */
  @Transactional
  public void replay(UUID id) {
    Kept kept = database.ask(sql -> sql.createQuery("select source_id, body::text as body from inbox where id = :id for update")
        .bind("id", id).map(Database.to(Kept.class)).findOne()).orElse(null);
    if (kept != null) {
      UpdateReader.Reading reading = welcome(kept.sourceId(), UpdateReader.read(TelegramUpdate.of(kept.body()).json()));
      keep(kept.sourceId(), reading);
      understand(kept.sourceId(), reading.messages());
      settle(id, state(reading), reason(reading));
    }
  }

  record Kept(UUID sourceId, String body) {}

  /**
   * Takes what messages say in the place of the labels with which they are kept; what is not kept is not stored, and no
   * name changes.
   *
   * @return how many texts changed
   */
  @Transactional
  public int understand(UUID source, List<IncomingMessage> told) {
    List<IncomingMessage> readable = told.stream().filter(m -> m.kind() != IncomingMessage.MessageKind.UNSUPPORTED).toList();
    return (int) messages.outdated(source, migrations.adjusted(source, readable)).stream().filter(m -> messages.reread(source, m)).count();
  }

  private UUID telegram() {
    return sources.named("telegram", "telegram");
  }

  private void keep(UUID source, UpdateReader.Reading reading) {
    for (UpdateReader.Migration m : reading.migrations()) {
      migrations.join(source, m.oldKey(), m.newKey(), m.title());
      groups.migrated(m.oldKey(), m.newKey());
    }
    if (reading.membership() != null) {
      groups.membership(reading.membership());
    }
    reading.reactions().forEach(r -> reactions.keep(source, r));
    for (IncomingMessage message : migrations.adjusted(source, reading.messages())) {
      messages.receive(source, message);
      portraits.wish(source, message.author());
    }
  }

  private Optional<UUID> add(UUID source, TelegramUpdate update, String state, @Nullable String error) {
    return database.ask(sql -> sql.createQuery("""
            insert into inbox (id, source_id, update_id, body_hash, body, state, error)
            values (:id, :source, :updateId, sha256(convert_to(:body, 'UTF8')), :body::jsonb, :state, :error)
            on conflict do nothing returning id""")
        .bind("id", Ids.next()).bind("source", source).bind("updateId", update.id()).bind("body", update.storable())
        .bind("state", state).bind("error", error).mapTo(UUID.class).findOne());
  }

  /** Tells with a kept update why it could not be read. Joins the caller's transaction. */
  @Transactional
  public void fail(UUID id, String error) {
    settle(id, "failed", error);
  }

  private void settle(UUID id, String state, @Nullable String error) {
    database.run(sql -> sql.createUpdate("update inbox set state = :state, error = :error where id = :id")
        .bind("id", id).bind("state", state).bind("error", error).execute());
  }
}
