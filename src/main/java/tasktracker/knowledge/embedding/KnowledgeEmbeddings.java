package tasktracker.knowledge.embedding;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;
import tasktracker.knowledge.topic.TopicStore;
import tasktracker.platform.ai.LocalEmbedder;
import tasktracker.platform.batch.FailedItems;
import tasktracker.platform.batch.ItemIsolation;
import tasktracker.platform.data.Database;
import tasktracker.platform.job.JobRun;

/**
 * Computes the vectors of atoms and topics: of title and content, or name and description, with a blank line between them. A
 * changed text has no vector until it is embedded again.
 */
@ApplicationScoped
public class KnowledgeEmbeddings {

  /** The number of items whose vectors one transaction stores. */
  private static final int BATCH_SIZE = 100;
  private static final UUID LOWEST_ID = new UUID(0, 0);

  private final Database database;
  private final LocalEmbedder embedder;
  private final FailedItems failedItems;

  @Inject
  public KnowledgeEmbeddings(Database database, LocalEmbedder embedder, FailedItems failedItems) {
    this.database = database;
    this.embedder = embedder;
    this.failedItems = failedItems;
  }

  /** The text of an item without a vector. */
  record Text(UUID id, String text) {}

  /** An item and its vector, if it has one. */
  record Stored(UUID id, float @Nullable [] vector) {}

  /**
   * Computes and stores the missing vectors of these items. One that cannot be embedded becomes a failed item; the others
   * get their vectors. Idempotent. Must not be called in a transaction.
   */
  void embed(EmbeddedType type, Collection<UUID> ids) {
    Set<UUID> failed = new HashSet<>();
    ItemIsolation.run(findWithoutVector(type, ids), texts -> compute(type, texts), (text, cause) -> {
      failed.add(text.id());
      failedItems.record(type.failedKind(), new FailedItems.Failure(text.id().toString(), null, null, null, cause));
    });
    failedItems.clearItems(type.failedKind(), ids.stream().filter(id -> !failed.contains(id)).map(UUID::toString).toList());
  }

  private List<Text> findWithoutVector(EmbeddedType type, Collection<UUID> ids) {
    return database.ask(sql -> sql.createQuery(type.selectTexts()).bindArray("ids", UUID.class, ids.toArray())
        .map(Database.to(Text.class)).list());
  }

  private void compute(EmbeddedType type, List<Text> texts) {
    if (!texts.isEmpty()) {
      save(type, texts, embedder.embed(texts.stream().map(Text::text).toList()));
    }
  }

  private void save(EmbeddedType type, List<Text> texts, List<float[]> vectors) {
    database.run(sql -> {
      PreparedBatch batch = sql.prepareBatch(type.saveVector());
      for (int i = 0; i < texts.size(); i++) {
        batch.bind("id", texts.get(i).id()).bind("text", texts.get(i).text())
            .bindArray("vector", Float.class, TopicStore.boxed(vectors.get(i))).add();
      }
      batch.execute();
    });
  }

  /** Embeds batch after batch until a stop is requested: these items or, if there are none, all without a vector. */
  void embed(EmbeddedType type, List<UUID> ids, JobRun run) {
    List<UUID> all = ids.isEmpty() ? findMissing(type) : ids;
    for (int from = 0; from < all.size() && !run.stopRequested(); from += BATCH_SIZE) {
      int to = Math.min(all.size(), from + BATCH_SIZE);
      embed(type, all.subList(from, to));
      run.progress(to, all.size(), "");
    }
  }

  /** The ids of all items without a vector. */
  private List<UUID> findMissing(EmbeddedType type) {
    List<UUID> missing = new ArrayList<>();
    for (List<UUID> next = findMissingAfter(type, LOWEST_ID, 1000); !next.isEmpty(); next = findMissingAfter(type, next.getLast(), 1000)) {
      missing.addAll(next);
    }
    return missing;
  }

  private List<UUID> findMissingAfter(EmbeddedType type, UUID last, int limit) {
    return database.ask(sql -> sql.createQuery(type.selectMissing()).bind("last", last).bind("limit", limit).mapTo(UUID.class).list());
  }

  boolean hasMissing(EmbeddedType type) {
    return !findMissingAfter(type, LOWEST_ID, 1).isEmpty();
  }

  /** Those of the atoms that exist. */
  List<UUID> findExistingAtoms(Collection<UUID> ids) {
    return database.ask(sql -> sql.createQuery("select id from atom where id = any(:ids)")
        .bindArray("ids", UUID.class, ids.toArray()).mapTo(UUID.class).list());
  }

  /** Those of the items that exist, with their vectors. */
  List<Stored> find(EmbeddedType type, Collection<UUID> ids) {
    return database.ask(sql -> sql.createQuery(type.selectVectors()).bindArray("ids", UUID.class, ids.toArray())
        .map((row, context) -> new Stored(row.getObject("id", UUID.class),
            TopicStore.vector((Float[]) (row.getArray("vector") == null ? null : row.getArray("vector").getArray()))))
        .list());
  }
}
