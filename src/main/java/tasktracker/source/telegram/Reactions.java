package tasktracker.source.telegram;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.json.bind.Jsonb;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tasktracker.message.IncomingMessage.Reaction;
import tasktracker.message.MessageReacted;
import tasktracker.message.Sources;
import tasktracker.platform.data.Database;
import tasktracker.platform.data.StorableText;
import tasktracker.platform.web.Json;

/**
 * How many chose which emoji. For each person is kept what they had before the first change and have after the last, so
 * that neither repetition nor disorder of updates counts anybody twice: the counts are those known before, and for each
 * person the difference.
 */
@ApplicationScoped
public class Reactions {

  /** The message and what it shows now. */
  public record Reacted(UUID id, String reactions) {}

  /** What one actor had and has. */
  public record Kept(String actor, Instant firstAt, String before, Instant lastAt, String after) {}

  private @Nullable Database database;
  private @Nullable Sources sources;
  private @Nullable Event<Object> events;

  protected Reactions() {}

  @Inject
  public Reactions(Database database, Sources sources, Event<Object> events) {
    this.database = database;
    this.sources = sources;
    this.events = events;
  }

  /** Counts a change; one about a message that we do not have changes nothing. Joins the caller's transaction. */
  void keep(UUID source, ReactionChange change) {
    UUID chat = sources.chat(source, change.chat());
    lock(chat, change.messageId()).ifPresent(message -> {
      if (kept(chat, change.messageId()).isEmpty()) {
        write(chat, change.messageId(), ReactionChange.EVERYBODY, Instant.EPOCH, Map.of(), counts(message.reactions()));
      }
      write(chat, change.messageId(), change.actor(), change.at(), change.before(), change.after());
      show(message, total(kept(chat, change.messageId())));
    });
  }

  private Optional<Reacted> lock(UUID chat, String externalId) {
    return database.ask(sql -> sql.createQuery("""
            select id, reactions::text as reactions from message where chat_id = :chat and external_id = :id for update""")
        .bind("chat", chat).bind("id", externalId).map(Database.to(Reacted.class)).findOne());
  }

  private List<Kept> kept(UUID chat, String externalId) {
    return database.ask(sql -> sql.createQuery("""
            select actor, first_at, before::text as before, last_at, after::text as after from telegram_reaction
             where chat_id = :chat and external_id = :id""")
        .bind("chat", chat).bind("id", externalId).map(Database.to(Kept.class)).list());
  }

  private void write(UUID chat, String externalId, String actor, Instant at, Map<String, Integer> before, Map<String, Integer> after) {
    Jsonb json = Json.jsonb();
    database.run(sql -> sql.createUpdate("""
            insert into telegram_reaction as r (chat_id, external_id, actor, first_at, before, last_at, after)
            values (:chat, :id, :actor, :at, :before::jsonb, :at, :after::jsonb)
            on conflict (chat_id, external_id, actor) do update set
              before = case when excluded.first_at < r.first_at then excluded.before else r.before end,
              first_at = least(r.first_at, excluded.first_at),
              after = case when excluded.last_at >= r.last_at then excluded.after else r.after end,
              last_at = greatest(r.last_at, excluded.last_at)""")
        .bind("chat", chat).bind("id", externalId).bind("actor", actor).bind("at", at)
        .bind("before", StorableText.of(json.toJson(before))).bind("after", StorableText.of(json.toJson(after))).execute());
  }

  /** The counts, and what people changed after them. */
  static Map<String, Integer> total(List<Kept> kept) {
    Map<String, Integer> total = new TreeMap<>();
    Instant counted = kept.stream().filter(k -> k.actor().equals(ReactionChange.EVERYBODY)).map(Kept::lastAt).findFirst().orElse(Instant.EPOCH);
    for (Kept one : kept) {
      if (one.actor().equals(ReactionChange.EVERYBODY)) {
        map(one.after()).forEach((emoji, n) -> total.merge(emoji, n, Integer::sum));
      } else if (one.lastAt().isAfter(counted)) {
        map(one.after()).forEach((emoji, n) -> total.merge(emoji, n, Integer::sum));
        map(one.before()).forEach((emoji, n) -> total.merge(emoji, -n, Integer::sum));
      }
    }
    total.values().removeIf(n -> n <= 0);
    return total;
  }

  private static Map<String, Integer> map(String json) {
    Map<String, Integer> counts = new TreeMap<>();
    new tasktracker.source.LenientJson(Json.jsonb().fromJson(json, jakarta.json.JsonObject.class)).json()
        .forEach((emoji, n) -> counts.put(emoji, ((jakarta.json.JsonNumber) n).intValue()));
    return counts;
  }

  private static Map<String, Integer> counts(String reactions) {
    Map<String, Integer> counts = new TreeMap<>();
    for (Reaction reaction : Json.jsonb().fromJson(reactions, Reaction[].class)) {
      counts.merge(reaction.emoji(), reaction.count(), Integer::sum);
    }
    return counts;
  }

  private void show(Reacted message, Map<String, Integer> total) {
    if (!total.equals(counts(message.reactions()))) {
      List<Reaction> shown = new ArrayList<>();
      total.forEach((emoji, n) -> shown.add(new Reaction(emoji, n)));
      database.run(sql -> sql.createUpdate("update message set reactions = :reactions::jsonb, updated_at = now() where id = :id")
          .bind("reactions", Json.jsonb().toJson(shown)).bind("id", message.id()).execute());
      events.fire(new MessageReacted(message.id()));
    }
  }
}
