package tasktracker.source.telegram.update;

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
import tasktracker.platform.web.LocalizedMessage;
import tasktracker.platform.web.LocalizedMessages;
import tasktracker.source.telegram.Reactions;
import tasktracker.source.telegram.TelegramGroups;
import tasktracker.source.telegram.bot.AvatarRequests;
import tasktracker.source.telegram.bot.CommandScheduler;

/** Stores every update once, together with the messages in it. */
@ApplicationScoped
public class UpdateInbox {

  private final Database database;
  private final Sources sources;
  private final Messages messages;
  private final ChatMigrations migrations;
  private final AvatarRequests avatars;
  private final TelegramGroups groups;
  private final Reactions reactions;
  private final CommandScheduler commands;
  private final Jobs jobs;

  @Inject
  public UpdateInbox(Database database, Sources sources, Messages messages, ChatMigrations migrations, AvatarRequests avatars,
      TelegramGroups groups, Reactions reactions, CommandScheduler commands, Jobs jobs) {
    this.database = database;
    this.sources = sources;
    this.messages = messages;
    this.migrations = migrations;
    this.avatars = avatars;
    this.groups = groups;
    this.reactions = reactions;
    this.commands = commands;
    this.jobs = jobs;
  }

  /**
   * Stores an update and its messages in one transaction. Idempotent.
   *
   * @param sameTransaction additional work in the transaction, such as advancing the offset
   */
  @Transactional
  public void receive(TelegramUpdate update, Runnable sameTransaction) {
    sameTransaction.run();
    UUID source = telegramSource();
    UpdateReader.ParsedUpdate reading = applyGroupFilter(source, UpdateReader.parse(update.json()));
    insert(source, update, state(reading), english(reason(reading)), reason(reading)).ifPresent(id -> {
      store(source, reading);
      commands.schedule(id, update.json());
    });
  }

  /** An unreadable edit counts as failed, because nothing of it is stored: the message keeps its text. */
  private static String state(UpdateReader.ParsedUpdate reading) {
    return reading.ignored() != null
        ? "ignored"
        : reading.unread() != null && reading.messages().stream().anyMatch(m -> m.editedAt() != null) ? "failed" : "stored";
  }

  private static @Nullable LocalizedMessage reason(UpdateReader.ParsedUpdate reading) {
    return reading.ignored() == null ? reading.unread() : reading.ignored();
  }

  /** Stores an update that could not be processed and enqueues a retry. */
  @Transactional
  public void storeForRetry(TelegramUpdate update, String error, Runnable sameTransaction) {
    sameTransaction.run();
    insert(telegramSource(), update, "failed", error, null).ifPresent(id -> jobs.enqueue(new SaveTelegramMessage(id)));
  }

  /** Stores an update that cannot be parsed. It is listed as failed and never processed again. */
  @Transactional
  public void storeUnparsed(TelegramUpdate update, String error, Runnable sameTransaction) {
    sameTransaction.run();
    insert(telegramSource(), update, "failed", error, null);
  }

  /** Ignores messages of chats that are not accepted; their updates are stored and can be processed later. */
  private UpdateReader.ParsedUpdate applyGroupFilter(UUID source, UpdateReader.ParsedUpdate reading) {
    if (reading.ignored() != null) {
      return reading;
    }
    return groups.ignoreReason(source, reading.messages().stream().map(m -> m.chat().externalId()).distinct().toList())
        .map(reason -> new UpdateReader.ParsedUpdate(List.of(), reading.migrations(), List.of(), reading.membership(), null, reason))
        .orElse(reading);
  }

  /** Processes a stored update again, unless it is one that cannot be parsed. Idempotent. */
  @Transactional
  public void reprocess(UUID id) {
    StoredUpdate kept = database.ask(sql -> sql.createQuery("""
            select source_id, body::text as body from inbox where id = :id and body->:unparsed is null for update""")
        .bind("id", id).bind("unparsed", TelegramUpdate.UNPARSED).map(Database.to(StoredUpdate.class)).findOne()).orElse(null);
    if (kept != null) {
      UpdateReader.ParsedUpdate reading = applyGroupFilter(kept.sourceId(), UpdateReader.parse(TelegramUpdate.of(kept.body()).json()));
      store(kept.sourceId(), reading);
      replaceLabels(kept.sourceId(), reading.messages());
      updateState(id, state(reading), english(reason(reading)), reason(reading));
    }
  }

  record StoredUpdate(UUID sourceId, String body) {}

  /**
   * Replaces the labels with which messages are stored by their text; stores no new message and changes no name.
   *
   * @return number of changed texts
   */
  @Transactional
  public int replaceLabels(UUID source, List<IncomingMessage> received) {
    List<IncomingMessage> readable = received.stream().filter(m -> m.kind() != IncomingMessage.MessageKind.UNSUPPORTED).toList();
    return (int) messages.findOutdated(source, migrations.adjust(source, readable)).stream().filter(m -> messages.replaceLabel(source, m))
        .count();
  }

  private UUID telegramSource() {
    return sources.getOrCreate("telegram", "telegram");
  }

  private void store(UUID source, UpdateReader.ParsedUpdate reading) {
    for (UpdateReader.Migration m : reading.migrations()) {
      migrations.join(source, m.oldKey(), m.newKey(), m.title());
      groups.updateChatKey(m.oldKey(), m.newKey());
    }
    if (reading.membership() != null) {
      groups.updateMembership(reading.membership());
    }
    reading.reactions().forEach(r -> reactions.apply(source, r));
    for (IncomingMessage message : migrations.adjust(source, reading.messages())) {
      messages.receive(source, message);
      avatars.requestIfDue(source, message.author());
    }
  }

  private Optional<UUID> insert(UUID source, TelegramUpdate update, String state, @Nullable String error,
      @Nullable LocalizedMessage reason) {
    return database.ask(sql -> sql.createQuery("""
            insert into inbox (id, source_id, update_id, body_hash, body, state, error, reason)
            values (:id, :source, :updateId, sha256(convert_to(:body, 'UTF8')), :body::jsonb, :state, :error, :reason::jsonb)
            on conflict do nothing returning id""")
        .bind("id", Ids.next()).bind("source", source).bind("updateId", update.id()).bind("body", update.storable())
        .bind("state", state).bind("error", error).bind("reason", json(reason)).mapTo(UUID.class).findOne());
  }

  /** Stores why an update could not be processed. Joins the caller's transaction. */
  @Transactional
  public void fail(UUID id, String error) {
    updateState(id, "failed", error, null);
  }

  private void updateState(UUID id, String state, @Nullable String error, @Nullable LocalizedMessage reason) {
    database.run(sql -> sql.createUpdate("update inbox set state = :state, error = :error, reason = :reason::jsonb where id = :id")
        .bind("id", id).bind("state", state).bind("error", error).bind("reason", json(reason)).execute());
  }

  private static @Nullable String english(@Nullable LocalizedMessage reason) {
    return reason == null ? null : reason.english();
  }

  private static @Nullable String json(@Nullable LocalizedMessage reason) {
    return reason == null ? null : LocalizedMessages.toJson(reason);
  }
}
