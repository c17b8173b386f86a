package tasktracker.source.telegram;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.bind.Jsonb;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tasktracker.message.IncomingMessage.Reaction;
import tasktracker.message.MessageReactions;
import tasktracker.message.Sources;
import tasktracker.platform.data.Database;
import tasktracker.platform.data.StorableText;
import tasktracker.platform.web.json.Json;

/**
 * Counts reactions. For each person the reactions before the first change and after the last one are stored, so that
 * repeated and out-of-order updates count no one twice: the result is the counts known before, plus the difference of
 * each person.
 */
@ApplicationScoped
public class Reactions {

  /** The first and the last known reactions of one person. */
  public record StoredReactions(String actor, Instant firstAt, String before, Instant lastAt, String after) {

    boolean isOfEverybody() {
      return actor.equals(ReactionChange.EVERYBODY);
    }
  }

  /**
   * Maximum number of people per message that are stored one by one; further changes are merged into the counts, the
   * oldest first.
   */
  static final int MAX_PEOPLE = 200;

  private static final Pattern CUSTOM_EMOJI_ID = Pattern.compile("\\d{5,}");

  private final Database database;
  private final Sources sources;
  private final MessageReactions messages;

  @Inject
  public Reactions(Database database, Sources sources, MessageReactions messages) {
    this.database = database;
    this.sources = sources;
    this.messages = messages;
  }

  /** Applies a change; a change of a message that is not stored is ignored. Joins the caller's transaction. */
  public void apply(UUID source, ReactionChange change) {
    UUID chat = sources.getOrCreateChat(source, change.chat());
    messages.lock(chat, change.messageId()).ifPresent(message -> {
      if (findStored(chat, change.messageId()).isEmpty()) {
        upsert(chat, change.messageId(), ReactionChange.EVERYBODY, Instant.EPOCH, Map.of(), counts(message.reactions()));
      }
      upsert(chat, change.messageId(), change.actor(), change.at(), change.before(), change.after());
      List<StoredReactions> stored = findStored(chat, change.messageId());
      updateMessage(message, total(stored));
      if (stored.size() > MAX_PEOPLE) {
        mergeOldest(chat, change.messageId(), stored);
      }
    });
  }

  /**
   * Merges the changes of half of the people into the counts, so that the cost of a message is bounded. Telegram sends
   * a person's former reactions with each change, so later changes are still counted correctly.
   */
  private void mergeOldest(UUID chat, String externalId, List<StoredReactions> stored) {
    StoredReactions counts = stored.stream().filter(StoredReactions::isOfEverybody).findFirst().orElseThrow();
    List<StoredReactions> oldest = stored.stream().filter(k -> !k.isOfEverybody()).sorted(Comparator.comparing(StoredReactions::lastAt))
        .limit(MAX_PEOPLE / 2).toList();
    Map<String, Integer> sum = sum(Stream.concat(Stream.of(counts), oldest.stream()).toList());
    database.run(sql -> {
      sql.createUpdate("update telegram_reaction set after = :sum::jsonb where chat_id = :chat and external_id = :id and actor = :actor")
          .bind("sum", StorableText.of(Json.jsonb().toJson(sum))).bind("chat", chat).bind("id", externalId).bind("actor", counts.actor())
          .execute();
      sql.createUpdate("delete from telegram_reaction where chat_id = :chat and external_id = :id and actor = any(:actors)")
          .bind("chat", chat).bind("id", externalId).bindArray("actors", String.class, oldest.stream().map(StoredReactions::actor).toList())
          .execute();
    });
  }

  private List<StoredReactions> findStored(UUID chat, String externalId) {
    return database.ask(sql -> sql.createQuery("""
            select actor, first_at, before::text as before, last_at, after::text as after from telegram_reaction
             where chat_id = :chat and external_id = :id""")
        .bind("chat", chat).bind("id", externalId).map(Database.to(StoredReactions.class)).list());
  }

  private void upsert(UUID chat, String externalId, String actor, Instant at, Map<String, Integer> before, Map<String, Integer> after) {
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

  /** The counts plus the changes that people made after them. */
  static Map<String, Integer> total(List<StoredReactions> stored) {
    Map<String, Integer> total = sum(stored);
    total.values().removeIf(n -> n <= 0);
    return total;
  }

  /** The same including negative sums, which occur while updates arrive out of order. */
  private static Map<String, Integer> sum(List<StoredReactions> stored) {
    Map<String, Integer> total = new TreeMap<>();
    Instant counted = stored.stream().filter(StoredReactions::isOfEverybody).map(StoredReactions::lastAt).findFirst().orElse(Instant.EPOCH);
    for (StoredReactions one : stored) {
      if (one.isOfEverybody()) {
        parse(one.after()).forEach((emoji, n) -> total.merge(emoji, n, Integer::sum));
      } else if (one.lastAt().isAfter(counted)) {
        parse(one.after()).forEach((emoji, n) -> total.merge(emoji, n, Integer::sum));
        parse(one.before()).forEach((emoji, n) -> total.merge(emoji, -n, Integer::sum));
      }
    }
    return total;
  }

  private static Map<String, Integer> parse(String json) {
    Map<String, Integer> counts = new TreeMap<>();
    Json.jsonb().fromJson(json, JsonObject.class)
        .forEach((emoji, count) -> counts.merge(emojiOf(emoji), ((JsonNumber) count).intValue(), Integer::sum));
    return counts;
  }

  /** Earlier releases stored a custom emoji under its id. */
  private static String emojiOf(String stored) {
    return CUSTOM_EMOJI_ID.matcher(stored).matches() ? ReactionChange.CUSTOM_EMOJI : stored;
  }

  private static Map<String, Integer> counts(String reactions) {
    Map<String, Integer> counts = new TreeMap<>();
    for (Reaction reaction : Json.jsonb().fromJson(reactions, Reaction[].class)) {
      counts.merge(emojiOf(reaction.emoji()), reaction.count(), Integer::sum);
    }
    return counts;
  }

  private void updateMessage(MessageReactions.Locked message, Map<String, Integer> total) {
    if (!total.equals(counts(message.reactions()))) {
      List<Reaction> shown = new ArrayList<>();
      total.forEach((emoji, n) -> shown.add(new Reaction(emoji, n)));
      messages.replace(message.id(), shown);
    }
  }
}
