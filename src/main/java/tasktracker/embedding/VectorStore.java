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
import org.jspecify.annotations.Nullable;
import tasktracker.platform.batch.FailedItems;
import tasktracker.platform.data.Database;

/** The statements that read and write vectors of messages, a batch with each. */
@ApplicationScoped
class VectorStore {

  /** A message whose vector is to be computed; the hash tells which of its texts this is. */
  record Text(UUID id, String content, String hash) {}

  /** Characters of a text that are read: no model looks further than its first 256 to 8,000 tokens. */
  private static final int READ = 20_000;

  private @Nullable Database database;

  protected VectorStore() {}

  @Inject
  VectorStore(Database database) {
    this.database = database;
  }

  /** Which of these messages have text and no vector of the model. */
  List<Text> withoutVector(VectorModel model, Collection<UUID> ids) {
    return database.ask(sql -> sql.createQuery("""
            select m.id, left(m.content, :read) as content, encode(m.content_hash, 'hex') as hash from message m
             where m.id = any(:ids) and has_text(m.content)
               and not exists (select from message_embedding e where e.message_id = m.id and e.model_id = :model)""")
        .bindArray("ids", UUID.class, ids.toArray()).bind("model", model.id()).bind("read", READ).map(Database.to(Text.class)).list());
  }

  /** The next messages that have text and no vector of the model, by id, but those whose embedding has failed. */
  List<UUID> withoutVectorAfter(VectorModel model, UUID last, int limit) {
    return database.ask(sql -> sql.createQuery("""
            select m.id from message m
             where m.id > :last and has_text(m.content)
               and not exists (select from message_embedding e where e.message_id = m.id and e.model_id = :model)
               and\s""" + FailedItems.exclude(Embeddings.KIND, "m.id") + " order by m.id limit :limit")
        .bind("last", last).bind("model", model.id()).bind("limit", limit).mapTo(UUID.class).list());
  }

  /** The vectors of the model that these messages have. */
  Map<UUID, float[]> vectors(VectorModel model, Collection<UUID> ids) {
    return database.ask(sql -> sql.createQuery("""
            select message_id, vector_send(vector) as bytes from message_embedding
             where model_id = :model and message_id = any(:ids)""")
        .bindArray("ids", UUID.class, ids.toArray()).bind("model", model.id())
        .reduceRows(HashMap.newHashMap(ids.size()), (found, row) -> {
          found.put(row.getColumn("message_id", UUID.class), floats(row.getColumn("bytes", byte[].class)));
          return found;
        }));
  }

  /** pgvector's binary form: dimension and an unused number, two bytes each, then the floats. */
  private static float[] floats(byte[] sent) {
    ByteBuffer bytes = ByteBuffer.wrap(sent);
    float[] vector = new float[bytes.getShort() & 0xFFFF];
    bytes.position(4).asFloatBuffer().get(vector);
    return vector;
  }

  /**
   * Stores the vectors of those texts that are still what their messages say, in one statement and one transaction.
   * They stay out of the index of neighbours until {@link IndexVectorsHandler} takes them into it.
   *
   * <p>Messages that are gone, or edited since, get none; one that is being deleted is waited for.
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
        .bindArray("floats", Float.class, (Object[]) flat(vectors, model.dimension())).execute());
  }

  /**
   * Takes the next new vectors into the index of neighbours. Safe on several nodes at a time.
   *
   * @return how many; 0 when none is left
   */
  int settle(int limit) {
    return database.ask(sql -> sql.createUpdate("""
            update message_embedding set settled = true where (model_id, message_id) in (
              select model_id, message_id from message_embedding where not settled limit :limit for update skip locked)""")
        .bind("limit", limit).execute());
  }

  /** True when at least so many vectors are not in the index of neighbours. */
  boolean hasFresh(int many) {
    return database.ask(sql -> sql.createQuery("select count(*) from (select from message_embedding where not settled limit :many) as fresh")
        .bind("many", many).mapTo(Long.class).one()) >= many;
  }

  /** One flat array travels in binary; vectors one by one would travel as text. */
  private static Float[] flat(List<float[]> vectors, int dimension) {
    Float[] flat = new Float[vectors.size() * dimension];
    for (int v = 0; v < vectors.size(); v++) {
      for (int i = 0; i < dimension; i++) {
        flat[v * dimension + i] = vectors.get(v)[i];
      }
    }
    return flat;
  }
}
