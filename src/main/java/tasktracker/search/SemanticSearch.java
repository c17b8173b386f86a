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
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import tasktracker.embedding.Embeddings;
import tasktracker.embedding.VectorModel;
import tasktracker.message.Feed;
import tasktracker.message.MessageFilter;
import tasktracker.platform.ai.Embedder;
import tasktracker.platform.ai.Embedder.EmbedderUnavailable;
import tasktracker.platform.ai.LocalEmbedder;
import tasktracker.platform.data.Database;

/** Finds messages near a vector, by the index of neighbours or, where a filter leaves few, one by one. */
@ApplicationScoped
class SemanticSearch {

  /**
   * A message and how near it is.
   *
   * @param cosine -1 to 1
   */
  record Near(UUID messageId, double cosine) {

    /** 1 for the same meaning, .5 for unrelated, 0 for the opposite: 1 - cosine distance / 2. */
    double similarity() {
      return (1 + cosine) / 2;
    }
  }

  /** So little that the fiftieth message with a word still comes before the first by meaning alone. */
  private static final double WORTH_IN_CYRILLIC = .1;
  private @Nullable SearchStatements searching;
  private @Nullable Embeddings embeddings;
  private @Nullable Feed feed;

  protected SemanticSearch() {}

  @Inject
  SemanticSearch(SearchStatements searching, Embeddings embeddings, Feed feed) {
    this.searching = searching;
    this.embeddings = embeddings;
    this.feed = feed;
  }

  /**
   * The vector of a meaning that is told in one or more wordings.
   *
   * @throws EmbedderUnavailable when the model does not answer in time
   */
  float[] vector(List<String> wordings, Duration atMost) {
    List<float[]> vectors = embedded(embeddings.activeModel().embedder(), wordings, atMost);
    float[] sum = vectors.getFirst().clone();
    vectors.stream().skip(1).forEach(v -> {
      for (int i = 0; i < sum.length; i++) {
        sum[i] += v[i];
      }
    });
    return sum;
  }

  /** A model over the network may take longer than a search may: it is asked in a thread that can be left alone. */
  private static List<float[]> embedded(Embedder embedder, List<String> wordings, Duration atMost) {
    var answer = new FutureTask<>(() -> embedder.embed(wordings));
    Thread.ofVirtual().name("search-embedding").start(answer);
    try {
      return answer.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new EmbedderUnavailable("The embedding model does not answer within " + atMost.toMillis() + " ms", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EmbedderUnavailable("Stopped while embedding", e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException known ? known : new IllegalStateException("The embedding model failed", e.getCause());
    } finally {
      answer.cancel(true);
    }
  }

  /**
   * How much the model's ranking counts beside that of words, 0 to 1. The local model reads Cyrillic hardly better
   * than a coin falls: there its finds only fill up what words leave open.
   */
  double worth(String text) {
    boolean readsAll = !embeddings.activeModel().model().name().equals(LocalEmbedder.MODEL);
    long letters = text.codePoints().filter(Character::isLetter).count();
    long cyrillic = text.codePoints().filter(c -> Character.UnicodeScript.of(c) == Character.UnicodeScript.CYRILLIC).count();
    return readsAll || 2 * cyrillic <= letters ? 1 : WORTH_IN_CYRILLIC;
  }

  /** The messages nearest to the vector, nearest first. */
  List<Near> near(float[] vector, MessageFilter filter, int limit) {
    boolean few = !filter.equals(MessageFilter.ANY) && isFew(searching.ask(sql -> feed.count(filter)));
    VectorModel model = embeddings.activeModel().model();
    String statement = filter.equals(MessageFilter.ANY) ? unfiltered(model)
        : few ? oneByOne(model, filter.condition()) : filtered(model, filter.condition());
    return searching.ask(sql -> withVector(sql, statement, vector).bindMap(filter.values()).bind("limit", limit)
        .map(Database.to(Near.class)).list());
  }

  /** The messages nearest to one that has a vector, itself left out; empty when it has none. */
  Optional<List<Near>> nearMessage(UUID message, int limit) {
    VectorModel model = embeddings.activeModel().model();
    return searching.ask(sql -> {
      Optional<String> own = sql.createQuery("select vector::text from message_embedding where message_id = :id and model_id = :model")
          .bind("id", message).bind("model", model.id()).mapTo(String.class).findOne();
      return own.map(vector -> sql.createQuery(unfiltered(model).replace(":vector::float4[]::vector", ":vector::vector"))
          .bind("vector", vector).bind("limit", limit + 1).map(Database.to(Near.class)).list().stream()
          .filter(near -> !near.messageId().equals(message)).limit(limit).toList());
    });
  }

  private static boolean isFew(Feed.Count count) {
    return count.exact() && count.number() <= Feed.COUNT_LIMIT;
  }

  private static org.jdbi.v3.core.statement.Query withVector(Handle sql, String statement, float[] vector) {
    Float[] boxed = new Float[vector.length];
    for (int i = 0; i < vector.length; i++) {
      boxed[i] = vector[i];
    }
    return sql.registerArrayType(Float.class, "float4").createQuery(statement).bindArray("vector", Float.class, (Object[]) boxed);
  }

  private static String unfiltered(VectorModel model) {
    return nearest(model, "", "");
  }

  private static String filtered(VectorModel model, String condition) {
    return nearest(model, "join message m on m.id = e.message_id", "and " + condition);
  }

  /**
   * The settled ones by the index of neighbours, and the new ones, which are not in it yet, one by one: adding nothing
   * to the distance keeps the planner from an index that would not hold them.
   */
  private static String nearest(VectorModel model, String join, String condition) {
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

  /** Adding nothing to the distance keeps the planner from walking the index of neighbours. */
  private static String oneByOne(VectorModel model, String condition) {
    return """
        select e.message_id, 1 - (e.vector::%1$s <=> :vector::float4[]::vector::%1$s) as cosine
          from message m join message_embedding e on e.message_id = m.id and e.model_id = %2$d where %3$s
         order by (e.vector::%1$s <=> :vector::float4[]::vector::%1$s) + 0 limit :limit"""
        .formatted(model.type(), model.id(), condition);
  }

  /**
   * How near the vector is to passages: each message taken together with those beside it.
   *
   * @param beside by message, what stands beside it
   * @return the same messages, the nearest passage first
   */
  List<Near> passages(float[] vector, List<UUID> messages, Map<UUID, List<UUID>> beside) {
    VectorModel model = embeddings.activeModel().model();
    List<UUID> of = new ArrayList<>(messages);
    List<UUID> said = new ArrayList<>(messages);
    beside.forEach((message, others) -> others.forEach(other -> {
      of.add(message);
      said.add(other);
    }));
    String statement = """
        select c.message as message_id, 1 - (avg(e.vector::vector(%1$d)) <=> :vector::float4[]::vector) as cosine
          from unnest(:of, :said) as c (message, said)
          join message_embedding e on e.message_id = c.said and e.model_id = %2$d
         group by c.message order by cosine desc""".formatted(model.dimension(), model.id());
    return searching.ask(sql -> withVector(sql, statement, vector).bindArray("of", UUID.class, of.toArray())
        .bindArray("said", UUID.class, said.toArray()).map(Database.to(Near.class)).list());
  }
}
