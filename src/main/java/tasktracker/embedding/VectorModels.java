package tasktracker.embedding;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import tasktracker.platform.ai.Embedder;
import tasktracker.platform.data.Database;
import tasktracker.platform.data.SchemaChanges;

/** Repository of the embedding models, and of the active one. */
@ApplicationScoped
class VectorModels {

  private static final Duration CACHE_TIME = Duration.ofSeconds(2);

  private final Map<String, VectorModel> cache = new ConcurrentHashMap<>();
  private final LoadingCache<String, Optional<VectorModel>> active = Caffeine.newBuilder().expireAfterWrite(CACHE_TIME)
      .build(key -> loadActive());
  private final Database database;
  private final SchemaChanges schema;

  @Inject
  VectorModels(Database database, SchemaChanges schema) {
    this.database = database;
    this.schema = schema;
  }

  /** The embedder's model; a new one is stored and gets its own index. */
  VectorModel of(Embedder embedder) {
    return cache.computeIfAbsent(embedder.modelId(), name -> find(name).orElseGet(() -> create(name, embedder.dimension())));
  }

  Optional<VectorModel> find(String name) {
    return database.ask(sql -> sql.createQuery("select id, name, dimension from embedding_model where name = :name")
        .bind("name", name).map(Database.to(VectorModel.class)).findOne());
  }

  private VectorModel create(String name, int dimension) {
    database.run(sql -> sql.createUpdate("""
            insert into embedding_model (name, dimension) values (:name, :dimension) on conflict (name) do nothing""")
        .bind("name", name).bind("dimension", dimension).execute());
    VectorModel model = find(name).orElseThrow();
    if (model.isIndexed()) {
      createIndex(model);
    }
    return model;
  }

  /** Creates the vector index of a model. The statement contains only numbers and constant names, so it needs no escaping. */
  private void createIndex(VectorModel model) {
    schema.apply("""
        create index if not exists message_embedding_near_%d on message_embedding
          using hnsw ((vector::%s) %s) with (m = 16, ef_construction = 64) where settled and model_id = %d"""
        .formatted(model.id(), model.type(), model.operators(), model.id()));
  }

  /** The model in use for searches, if there is one; a change by another node is visible within two seconds. */
  Optional<VectorModel> findActive() {
    return active.get("answering");
  }

  private Optional<VectorModel> loadActive() {
    return database.ask(sql -> sql.createQuery("select id, name, dimension from embedding_model where answers")
        .map(Database.to(VectorModel.class)).findOne());
  }

  /** Activates a model for searches. */
  void activate(VectorModel model) {
    database.run(sql -> {
      // One statement would write the rows in any order, and two active models, even for a moment, violate the constraint.
      sql.execute("update embedding_model set answers = false where answers and id <> ?", model.id());
      sql.execute("update embedding_model set answers = true where id = ? and not answers", model.id());
    });
    active.invalidateAll();
  }

  /** Progress of a model. */
  Embeddings.Counts counts(VectorModel model) {
    return database.ask(sql -> sql.createQuery("""
            select coalesce(sum(change) filter (where subject = :id), 0) as embedded,
                   greatest(coalesce(sum(change) filter (where subject = 0), 0)
                          - coalesce(sum(change) filter (where subject = :id), 0), 0) as to_embed
              from embedding_tally where subject in (0, :id)""")
        .bind("id", model.id()).map(Database.to(Embeddings.Counts.class)).one());
  }
}
