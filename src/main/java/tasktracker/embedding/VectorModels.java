package tasktracker.embedding;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.ai.Embedder;
import tasktracker.platform.data.Database;
import tasktracker.platform.data.SchemaChanges;

/** The models that have vectors, and which of them answers. */
@ApplicationScoped
class VectorModels {

  private static final Duration FRESH = Duration.ofSeconds(2);

  private final Map<String, VectorModel> known = new ConcurrentHashMap<>();
  private final LoadingCache<String, Optional<VectorModel>> answering =
      Caffeine.newBuilder().expireAfterWrite(FRESH).build(key -> readAnswering());
  private @Nullable Database database;
  private @Nullable SchemaChanges schema;

  protected VectorModels() {}

  @Inject
  VectorModels(Database database, SchemaChanges schema) {
    this.database = database;
    this.schema = schema;
  }

  /** The embedder's model; one that was never seen before is written down and gets an index of its own. */
  VectorModel of(Embedder embedder) {
    return known.computeIfAbsent(embedder.modelId(), name -> find(name).orElseGet(() -> add(name, embedder.dimension())));
  }

  Optional<VectorModel> find(String name) {
    return database.ask(sql -> sql.createQuery("select id, name, dimension from embedding_model where name = :name")
        .bind("name", name).map(Database.to(VectorModel.class)).findOne());
  }

  private VectorModel add(String name, int dimension) {
    database.run(sql -> sql.createUpdate("""
            insert into embedding_model (name, dimension) values (:name, :dimension) on conflict (name) do nothing""")
        .bind("name", name).bind("dimension", dimension).execute());
    VectorModel model = find(name).orElseThrow();
    if (model.isIndexed()) {
      index(model);
    }
    return model;
  }

  /** What is nearest in meaning, by this model. Every part of the statement is a number or a name of ours. */
  private void index(VectorModel model) {
    schema.apply("""
        create index if not exists message_embedding_near_%d on message_embedding
          using hnsw ((vector::%s) %s) with (m = 16, ef_construction = 64) where settled and model_id = %d"""
        .formatted(model.id(), model.type(), model.operators(), model.id()));
  }

  /** The model that answers searches now, if any ever did; another node's change is seen within two seconds. */
  Optional<VectorModel> answering() {
    return answering.get("answering");
  }

  private Optional<VectorModel> readAnswering() {
    return database.ask(sql -> sql.createQuery("select id, name, dimension from embedding_model where answers")
        .map(Database.to(VectorModel.class)).findOne());
  }

  /** From now on this model answers. */
  void letAnswer(VectorModel model) {
    database.run(sql -> {
      // One statement would write the rows in any order, and two that answer, even for a moment, violate the constraint.
      sql.execute("update embedding_model set answers = false where answers and id <> ?", model.id());
      sql.execute("update embedding_model set answers = true where id = ? and not answers", model.id());
    });
    answering.invalidateAll();
  }

  /** Messages with text, and vectors that the model has. */
  Embeddings.Counts counts(VectorModel model) {
    return database.ask(sql -> sql.createQuery("""
            select coalesce(sum(change) filter (where subject = :id), 0) as embedded,
                   greatest(coalesce(sum(change) filter (where subject = 0), 0)
                          - coalesce(sum(change) filter (where subject = :id), 0), 0) as to_embed
              from embedding_tally where subject in (0, :id)""")
        .bind("id", model.id()).map(Database.to(Embeddings.Counts.class)).one());
  }
}
