package tasktracker.search;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jdbi.v3.core.Handle;
import tasktracker.embedding.Embeddings;
import tasktracker.embedding.VectorModel;
import tasktracker.message.feed.Feed;
import tasktracker.message.feed.MessageFilter;
import tasktracker.platform.ai.Embedder;
import tasktracker.platform.ai.Embedder.EmbedderUnavailable;
import tasktracker.platform.ai.LocalEmbedder;
import tasktracker.platform.data.Database;
import tasktracker.platform.web.Deadline;

/** Finds the nearest neighbours of a vector: with the vector index, or exactly if a filter leaves few messages. */
@ApplicationScoped
class SemanticSearch {

  /**
   * A message and its cosine similarity.
   *
   * @param cosine -1 to 1
   */
  record Neighbour(UUID messageId, double cosine) {

    /** The similarity, 0 to 1: 1 - cosine distance / 2. Unrelated texts have .5. */
    double similarity() {
      return (1 + cosine) / 2;
    }
  }

  /** Such that the fiftieth full-text match ranks above the first semantic match. */
  private static final double CYRILLIC_WEIGHT = .1;
  private final SearchStatements statements;
  private final Embeddings embeddings;
  private final LocalEmbedder local;
  private final Feed feed;
  private final ExecutorService tasks;

  @Inject
  SemanticSearch(SearchStatements statements, Embeddings embeddings, LocalEmbedder local, Feed feed, ExecutorService tasks) {
    this.statements = statements;
    this.embeddings = embeddings;
    this.local = local;
    this.feed = feed;
    this.tasks = tasks;
  }

  /**
   * Embeds a query that is given in one or more wordings. The result is the sum of their vectors.
   *
   * @throws EmbedderUnavailable if the model does not answer within the timeout
   */
  float[] embed(List<String> wordings, Duration timeout) {
    return sum(embedWithTimeout(embeddings.activeModel().embedder(), wordings, timeout));
  }

  /**
   * Embeds a query by the in-process model, as topics and atoms are. The model may take two thirds of the time.
   *
   * @throws EmbedderUnavailable if the model does not answer within the timeout
   */
  float[] embedLocally(List<String> wordings, Deadline deadline) {
    return sum(embedWithTimeout(local, wordings, deadline.remaining().multipliedBy(2).dividedBy(3)));
  }

  private static float[] sum(List<float[]> vectors) {
    float[] sum = vectors.getFirst().clone();
    vectors.stream().skip(1).forEach(v -> {
      for (int i = 0; i < sum.length; i++) {
        sum[i] += v[i];
      }
    });
    return sum;
  }

  /** Runs the model in its own thread, because a call over the network may take longer than the timeout. */
  private List<float[]> embedWithTimeout(Embedder embedder, List<String> wordings, Duration timeout) {
    Future<List<float[]>> result = tasks.submit(() -> embedder.embed(wordings));
    try {
      return result.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new EmbedderUnavailable("The embedding model does not answer within " + timeout.toMillis() + " ms", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EmbedderUnavailable("Interrupted while embedding the query", e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException failure
          ? failure
          : new IllegalStateException("The embedding model failed", e.getCause());
    } finally {
      result.cancel(true);
    }
  }

  /**
   * The weight of the semantic ranking relative to the full-text ranking, 0 to 1. The local model is hardly better than
   * chance level for Cyrillic, so there its results only follow those of the full-text search.
   */
  double weight(String text) {
    return embeddings.activeModel().model().name().equals(LocalEmbedder.MODEL) ? localWeight(text) : 1;
  }

  /** The {@link #weight} of the in-process model. */
  static double localWeight(String text) {
    long letters = text.codePoints().filter(Character::isLetter).count();
    long cyrillic = text.codePoints().filter(c -> Character.UnicodeScript.of(c) == Character.UnicodeScript.CYRILLIC).count();
    return 2 * cyrillic <= letters ? 1 : CYRILLIC_WEIGHT;
  }

  /** The messages most similar to the vector, most similar first. */
  List<Neighbour> findNearest(float[] vector, MessageFilter filter, int limit) {
    boolean few = !filter.equals(MessageFilter.ANY) && isFew(statements.ask(sql -> feed.count(filter)));
    VectorModel model = embeddings.activeModel().model();
    String statement = filter.equals(MessageFilter.ANY)
        ? createUnfilteredStatement(model)
        : few ? createExactStatement(model, filter.condition()) : createFilteredStatement(model, filter.condition());
    return statements.ask(sql -> bindVector(sql, statement, vector).bindMap(filter.values()).bind("limit", limit)
        .map(Database.to(Neighbour.class)).list());
  }

  /** The messages most similar to a message, without itself; empty if the message has no vector. */
  Optional<List<Neighbour>> findNearestTo(UUID message, int limit) {
    VectorModel model = embeddings.activeModel().model();
    return statements.ask(sql -> {
      Optional<String> own = sql.createQuery("select vector::text from message_embedding where message_id = :id and model_id = :model")
          .bind("id", message).bind("model", model.id()).mapTo(String.class).findOne();
      return own.map(vector -> sql.createQuery(createUnfilteredStatement(model).replace(":vector::float4[]::vector", ":vector::vector"))
          .bind("vector", vector).bind("limit", limit + 1).map(Database.to(Neighbour.class)).list().stream()
          .filter(neighbour -> !neighbour.messageId().equals(message)).limit(limit).toList());
    });
  }

  private static boolean isFew(Feed.Count count) {
    return count.exact() && count.number() <= Feed.COUNT_LIMIT;
  }

  static org.jdbi.v3.core.statement.Query bindVector(Handle sql, String statement, float[] vector) {
    Float[] boxed = new Float[vector.length];
    for (int i = 0; i < vector.length; i++) {
      boxed[i] = vector[i];
    }
    return sql.registerArrayType(Float.class, "float4").createQuery(statement).bindArray("vector", Float.class, (Object[]) boxed);
  }

  private static String createUnfilteredStatement(VectorModel model) {
    return createAnnStatement(model, "", "");
  }

  private static String createFilteredStatement(VectorModel model, String condition) {
    return createAnnStatement(model, "join message m on m.id = e.message_id", "and " + condition);
  }

  /**
   * Indexed vectors are searched with the vector index, and new vectors, which are not indexed yet, sequentially. Adding 0
   * to the distance keeps the planner from using the index for the new vectors.
   */
  private static String createAnnStatement(VectorModel model, String join, String condition) {
    return """
        select message_id, 1 - distance as cosine from (
          (select e.message_id, e.vector::%1$s <=> :vector::float4[]::vector::%1$s as distance
             from message_embedding e %3$s where e.settled and e.model_id = %2$d %4$s
            order by e.vector::%1$s <=> :vector::float4[]::vector::%1$s limit :limit)
          union all
          (select e.message_id, e.vector::%1$s <=> :vector::float4[]::vector::%1$s as distance
             from message_embedding e %3$s where not e.settled and e.model_id = %2$d %4$s
            order by (e.vector::%1$s <=> :vector::float4[]::vector::%1$s) + 0 limit :limit)) as near
         order by distance limit :limit""".formatted(model.type(), model.id(), join, condition);
  }

  /** Adding 0 to the distance keeps the planner from using the vector index. */
  private static String createExactStatement(VectorModel model, String condition) {
    return """
        select e.message_id, 1 - (e.vector::%1$s <=> :vector::float4[]::vector::%1$s) as cosine
          from message m join message_embedding e on e.message_id = m.id and e.model_id = %2$d where %3$s
         order by (e.vector::%1$s <=> :vector::float4[]::vector::%1$s) + 0 limit :limit"""
        .formatted(model.type(), model.id(), condition);
  }

  /**
   * Ranks passages by similarity to the vector. A passage is a message with its adjacent messages.
   *
   * @param adjacent the adjacent messages by message
   * @return the same messages, ordered by the similarity of their passages, highest first
   */
  List<Neighbour> rankPassages(float[] vector, List<UUID> messages, Map<UUID, List<UUID>> adjacent) {
    VectorModel model = embeddings.activeModel().model();
    List<UUID> of = new ArrayList<>(messages);
    List<UUID> said = new ArrayList<>(messages);
    adjacent.forEach((message, others) -> others.forEach(other -> {
      of.add(message);
      said.add(other);
    }));
    String statement = """
        select c.message as message_id, 1 - (avg(e.vector::vector(%1$d)) <=> :vector::float4[]::vector) as cosine
          from unnest(:of, :said) as c (message, said)
          join message_embedding e on e.message_id = c.said and e.model_id = %2$d
         group by c.message order by cosine desc""".formatted(model.dimension(), model.id());
    return statements.ask(sql -> bindVector(sql, statement, vector).bindArray("of", UUID.class, of.toArray())
        .bindArray("said", UUID.class, said.toArray()).map(Database.to(Neighbour.class)).list());
  }
}
