package tasktracker.source;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import tasktracker.message.ChatMigrations;
import tasktracker.message.IncomingMessage;
import tasktracker.message.IncomingMessage.ChatKind;
import tasktracker.platform.data.Database;
import tasktracker.platform.web.LocalizedMessage;
import tasktracker.source.format.TranscriptEntry;
import tasktracker.source.format.UnreadableFile;

/**
 * Finds the messages of a file whose id occurred before in the same file. The ids are hashed and in a table, because a
 * file may have more messages than fit into memory. A message that has another text than the first one of its id, and is
 * no edit, contradicts it: it is not stored, and is counted as an error.
 */
@ApplicationScoped
public class RepeatDetector {

  private static final int DELETE_BATCH_SIZE = 20_000;
  /** Adds the ids that are new and returns the others: a statement does not see the rows that it adds. */
  private static final String ADD = """
      with added as (
        insert into import_message_id (import_id, message_key, text_key)
        select :import, message_key, text_key from unnest(:keys, :texts) as batch (message_key, text_key)
            on conflict do nothing)
      select message_key, text_key from import_message_id where import_id = :import and message_key = any(:keys)""";

  /**
   * Positions in a batch.
   *
   * @param repeated of messages whose id occurred before in the file
   * @param contradictory those of them that have another text and are no edit
   */
  public record Repeats(Set<Integer> repeated, Set<Integer> contradictory) {}

  /**
   * What identifies a message of a file.
   *
   * @param text hash of its text; null for an edit, which never contradicts
   */
  public record Key(UUID messageKey, @Nullable UUID textKey) {

    private boolean contradicts(@Nullable UUID firstText) {
      return textKey != null && firstText != null && !textKey.equals(firstText);
    }
  }

  private final Database database;
  private final ChatMigrations migrations;

  @Inject
  public RepeatDetector(Database database, ChatMigrations migrations) {
    this.database = database;
    this.migrations = migrations;
  }

  /**
   * Finds the repeats of a batch of a dry run, and remembers the ids of the batch.
   *
   * @param ignored positions of messages that are never stored under their id
   */
  public Repeats findAndRemember(UUID importId, UUID source, List<IncomingMessage> batch, Set<Integer> ignored) {
    List<Key> keys = keys(source, batch);
    Map<UUID, Optional<UUID>> firstInBatch = new LinkedHashMap<>();
    List<Integer> candidates = IntStream.range(0, keys.size()).filter(i -> !ignored.contains(i)).boxed().toList();
    candidates.forEach(i -> firstInBatch.putIfAbsent(keys.get(i).messageKey(), Optional.ofNullable(keys.get(i).textKey())));
    if (firstInBatch.isEmpty()) {
      return new Repeats(Set.of(), Set.of());
    }
    return database.ask(sql -> {
      Map<UUID, Optional<UUID>> seen = add(sql, importId, firstInBatch);
      Repeats repeats = find(keys, candidates, seen);
      markContradicted(sql, importId, repeats.contradictory().stream().map(i -> keys.get(i).messageKey()).toList());
      return repeats;
    });
  }

  private static Map<UUID, Optional<UUID>> add(Handle sql, UUID importId, Map<UUID, Optional<UUID>> batch) {
    return toMap(sql.createQuery(ADD).bind("import", importId).bindArray("keys", UUID.class, List.copyOf(batch.keySet()))
        .bindArray("texts", UUID.class, batch.values().stream().map(text -> text.orElse(null)).toArray())
        .map(Database.to(Key.class)).list());
  }

  private static Map<UUID, Optional<UUID>> toMap(List<Key> keys) {
    return new HashMap<>(keys.stream().collect(Collectors.toMap(Key::messageKey, key -> Optional.ofNullable(key.textKey()))));
  }

  /**
   * Compares the messages with the first one of their id.
   *
   * @param seen ids of earlier batches with the text of the first message; gets those of this batch
   */
  private static Repeats find(List<Key> keys, List<Integer> candidates, Map<UUID, Optional<UUID>> seen) {
    Set<Integer> repeated = new HashSet<>();
    Set<Integer> contradictory = new HashSet<>();
    for (int i : candidates) {
      Key key = keys.get(i);
      Optional<UUID> first = seen.putIfAbsent(key.messageKey(), Optional.ofNullable(key.textKey()));
      if (first != null) {
        repeated.add(i);
        if (key.contradicts(first.orElse(null))) {
          contradictory.add(i);
        }
      }
    }
    return new Repeats(repeated, contradictory);
  }

  private static void markContradicted(Handle sql, UUID importId, List<UUID> keys) {
    if (!keys.isEmpty()) {
      sql.createUpdate("update import_message_id set is_contradicted = true where import_id = :import and message_key = any(:keys)")
          .bind("import", importId).bindArray("keys", UUID.class, keys).execute();
    }
  }

  /** Replaces the lines of an import that its dry run found to contradict an earlier line. */
  public List<TranscriptEntry> refuseContradictions(UUID importId, UUID source, List<TranscriptEntry> lines) {
    List<Integer> parsed = IntStream.range(0, lines.size()).filter(i -> lines.get(i) instanceof TranscriptEntry.Parsed).boxed().toList();
    List<Key> keys = keys(source, parsed.stream().map(i -> ((TranscriptEntry.Parsed) lines.get(i)).message()).toList());
    Map<UUID, Optional<UUID>> contradicted = findContradicted(importId, keys);
    if (contradicted.isEmpty()) {
      return lines;
    }
    List<TranscriptEntry> result = new ArrayList<>(lines);
    IntStream.range(0, keys.size())
        .filter(i -> keys.get(i).contradicts(contradicted.getOrDefault(keys.get(i).messageKey(), Optional.empty()).orElse(null)))
        .map(parsed::get).forEach(line -> result.set(line, contradiction(((TranscriptEntry.Parsed) lines.get(line)).message())));
    return result;
  }

  private Map<UUID, Optional<UUID>> findContradicted(UUID importId, List<Key> keys) {
    return toMap(database.ask(sql -> sql.createQuery("""
            select message_key, text_key from import_message_id
             where import_id = :import and message_key = any(:keys) and is_contradicted""")
        .bind("import", importId).bindArray("keys", UUID.class, keys.stream().map(Key::messageKey).toArray())
        .map(Database.to(Key.class)).list()));
  }

  /** The entry that stands for a message that contradicts an earlier one. */
  public static TranscriptEntry.Unreadable contradiction(IncomingMessage message) {
    return new TranscriptEntry.Unreadable(message.externalId(),
        UnreadableFile.wrongFormat(LocalizedMessage.of("problem.file.id.twice", message.externalId())));
  }

  /** Deletes what only the dry run needs: all ids that nothing contradicts, in batches, so that no statement takes long. */
  public void deleteUncontradicted(UUID importId) {
    delete(importId, "and not is_contradicted");
  }

  /** Deletes all ids of a file. */
  public void delete(UUID importId) {
    delete(importId, "");
  }

  private void delete(UUID importId, String which) {
    String statement = """
        delete from import_message_id where ctid = any(array(
          select ctid from import_message_id where import_id = :import %s limit :limit))""".formatted(which);
    int deleted = DELETE_BATCH_SIZE;
    while (deleted == DELETE_BATCH_SIZE) {
      deleted = database
          .ask(sql -> sql.createUpdate(statement).bind("import", importId).bind("limit", DELETE_BATCH_SIZE).execute());
    }
  }

  private List<Key> keys(UUID source, List<IncomingMessage> messages) {
    List<IncomingMessage> adjusted = migrations.adjust(source, messages);
    Map<String, String> current = currentKeys(source, adjusted);
    return adjusted.stream().map(m -> key(current.getOrDefault(m.chat().externalId(), m.chat().externalId()), m)).toList();
  }

  /** The present keys of groups that became supergroups, which have the messages of both. */
  private Map<String, String> currentKeys(UUID source, List<IncomingMessage> messages) {
    String[] groups = messages.stream().map(IncomingMessage::chat).filter(chat -> chat.kind() == ChatKind.GROUP)
        .map(IncomingMessage.ChatRef::externalId).distinct().toArray(String[]::new);
    return groups.length == 0
        ? Map.of()
        : database.ask(sql -> sql.createQuery("""
            select a.external_id as old, c.external_id as current from chat_alias a join chat c on c.id = a.chat_id
             where a.source_id = :source and a.external_id = any(:groups)""")
            .bind("source", source).bindArray("groups", String.class, (Object[]) groups)
            .reduceRows(new HashMap<String, String>(), (map, row) -> {
              map.put(Objects.requireNonNull(row.getColumn("old", String.class)),
                  Objects.requireNonNull(row.getColumn("current", String.class)));
              return map;
            }));
  }

  private static Key key(String chat, IncomingMessage m) {
    return new Key(hash(chat + '\0' + m.externalId()), m.editedAt() == null ? hash(m.text()) : null);
  }

  private static UUID hash(String text) {
    return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8));
  }
}
