package tasktracker.embedding;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import tasktracker.platform.batch.FailedItems;
import tasktracker.platform.data.Database;

/** Reads and writes the vectors of messages in batches. */
@ApplicationScoped
class VectorStore {

  /** A message to embed; the hash identifies the version of its text. */
  record Text(UUID id, String content, String hash) {}

  /** Maximum number of characters to embed: models use only the first 256 to 8,000 tokens. */
  private static final int MAX_CHARACTERS = 20_000;

  private final Database database;

  @Inject
  VectorStore(Database database) {
    this.database = database;
  }

  /** Finds those of these messages that have text and no vector of the model. */
  List<Text> findWithoutVector(VectorModel model, Collection<UUID> ids) {
    return database.ask(sql -> sql.createQuery("""
            select m.id, left(m.content, :read) as content, encode(m.content_hash, 'hex') as hash from message m
             where m.id = any(:ids) and has_text(m.content)
               and not exists (select from message_embedding e where e.message_id = m.id and e.model_id = :model)""")
        .bindArray("ids", UUID.class, ids.toArray()).bind("model", model.id()).bind("read", MAX_CHARACTERS).map(Database.to(Text.class))
        .list());
  }

  /** Finds the next messages, by id, that have text and no vector of the model, except those whose embedding has failed. */
  List<UUID> findWithoutVectorAfter(VectorModel model, UUID last, int limit) {
    return database.ask(sql -> sql.createQuery("""
            select m.id from message m
             where m.id > :last and has_text(m.content)
               and not exists (select from message_embedding e where e.message_id = m.id and e.model_id = :model)
               and\s""" + FailedItems.exclude(Embeddings.KIND, "m.id") + " order by m.id limit :limit")
        .bind("last", last).bind("model", model.id()).bind("limit", limit).mapTo(UUID.class).list());
  }

  /** The stored vectors of these messages. */
  Map<UUID, float[]> vectors(VectorModel model, Collection<UUID> ids) {
    return database.ask(sql -> sql.createQuery("""
            select message_id, vector_send(vector) as bytes from message_embedding
             where model_id = :model and message_id = any(:ids)""")
        .bindArray("ids", UUID.class, ids.toArray()).bind("model", model.id())
        .reduceRows(HashMap.newHashMap(ids.size()), (found, row) -> {
          found.put(row.getColumn("message_id", UUID.class), parseVector(row.getColumn("bytes", byte[].class)));
          return found;
        }));
  }

  /** Parses pgvector's binary format: dimension and an unused number, two bytes each, then the floats. */
  private static float[] parseVector(byte[] binary) {
    ByteBuffer bytes = ByteBuffer.wrap(binary);
    float[] vector = new float[bytes.getShort() & 0xFFFF];
    bytes.position(4).asFloatBuffer().get(vector);
    return vector;
  }

  /**
   * Stores the vectors of texts that have not changed since, in one statement and one transaction. They are not in the
   * vector index until {@link IndexVectors.Handler} adds them.
   *
   * <p>Messages that were deleted or edited meanwhile are skipped; it waits for one that is being deleted.
   *
   * @param vectors in the order of the texts
   */
  @Transactional
  public void save(VectorModel model, List<Text> texts, List<float[]> vectors) {
    database.run(sql -> sql.registerArrayType(Float.class, "float4").createUpdate("""
            insert into message_embedding (message_id, model_id, content_hash, vector)
            select m.id, :model, m.content_hash, t.vector
              from (select u.id, decode(u.hash, 'hex') as hash,
                           f.floats[(u.at - 1) * :dimension + 1 : u.at * :dimension]::vector as vector
                      from unnest(:ids, :hashes) with ordinality as u (id, hash, at), (select :floats as floats) as f) as t
              join message m on m.id = t.id and m.content_hash = t.hash
             order by m.id for key share of m
            on conflict (message_id, model_id) do nothing""")
        .bind("model", model.id()).bind("dimension", model.dimension())
        .bindArray("ids", UUID.class, texts.stream().map(Text::id).toArray())
        .bindArray("hashes", String.class, texts.stream().map(Text::hash).toArray())
        .bindArray("floats", Float.class, (Object[]) flatten(vectors, model.dimension())).execute());
  }

  /**
   * Adds the next new vectors to the vector index. Safe for concurrent calls on several nodes.
   *
   * @return number of vectors; 0 when none is left
   */
  int addToIndex(int limit) {
    return database.ask(sql -> sql.createUpdate("""
            update message_embedding set settled = true where (model_id, message_id) in (
              select model_id, message_id from message_embedding where not settled limit :limit for update skip locked)""")
        .bind("limit", limit).execute());
  }

  /** True when at least this many vectors are not in the vector index. */
  boolean hasUnindexed(int count) {
    return database
        .ask(sql -> sql.createQuery("select count(*) from (select from message_embedding where not settled limit :many) as fresh")
            .bind("many", count).mapTo(Long.class).one()) >= count;
  }

  /** A flat array is sent to the database in binary format; single vectors would be sent as text. */
  private static Float[] flatten(List<float[]> vectors, int dimension) {
    Float[] flat = new Float[vectors.size() * dimension];
    for (int v = 0; v < vectors.size(); v++) {
      for (int i = 0; i < dimension; i++) {
        flat[v * dimension + i] = vectors.get(v)[i];
      }
    }
    return flat;
  }
}
