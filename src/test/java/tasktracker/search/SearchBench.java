package tasktracker.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tasktracker.embedding.SampleLines;
import tasktracker.embedding.VectorModel;
import tasktracker.harness.BenchmarkResult;
import tasktracker.message.feed.MessageFilter;
import tasktracker.platform.data.TestDatabase;

/** Measures search in 5,000 messages: semantic search against the model with a prepared statement, and the whole search. */
class SearchBench {

  private static final int MESSAGES = 5_000;
  private static final int QUESTIONS = 200;

  @Test
  void searchAgainstBareQuery() {
    try (var schema = TestDatabase.create(); var product = SearchFixture.over(schema)) {
      UUID kevin = product.messages().person("Kevin");
      UUID chat = product.messages().chat("Bench");
      for (int from = 0; from < MESSAGES; from += 500) {
        product.indexAndEmbed(product.messages().say(kevin, chat, Instant.now(), SampleLines.of(500, from)));
      }
      product.database().run(sql -> sql.execute("analyze"));
      List<String> questions = SampleLines.of(QUESTIONS, 7).stream().map(q -> q.substring(0, Math.min(q.length(), 40))).toList();
      questions.subList(0, 50).forEach(q -> bare(product, q));
      questions.subList(0, 50).forEach(q -> product.search().findSimilar(q, 0, 10));
      assertThat(product.search().findSimilar(questions.getFirst(), 0, 10)).extracting(hit -> hit.message().id())
          .as("results of both").isEqualTo(bare(product, questions.getFirst()).stream().map(row -> row.get("id")).toList());
      List<Double> peer = new ArrayList<>();
      List<Double> near = new ArrayList<>();
      List<Double> all = new ArrayList<>();
      for (String query : questions) {
        peer.add(milliseconds(() -> bare(product, query)));
        near.add(milliseconds(() -> product.search().findSimilar(query, 0, 10)));
        all.add(milliseconds(() -> product.search().find(query, MessageFilter.ANY, 10)));
      }
      System.out.printf("bare embed and query p50 %.1f ms; search by meaning p50 %.1f ms; all three ways p50 %.1f ms, p95 %.1f ms%n",
          part(peer, .5), part(near, .5), part(all, .5), part(all, .95));
      BenchmarkResult.ratio("search by meaning / bare embed and prepared query, medians of a quarter each", quarters(near, peer))
          .atMost(1.5);
    }
  }

  private static List<Map<String, Object>> bare(SearchFixture product, String query) {
    VectorModel model = product.embeddings().activeModel().model();
    float[] vector = product.embeddings().activeModel().embedder().embed(List.of(query)).getFirst();
    Float[] boxed = new Float[vector.length];
    for (int i = 0; i < vector.length; i++) {
      boxed[i] = vector[i];
    }
    return product.database().ask(sql -> sql.registerArrayType(Float.class, "float4").createQuery(
        "select m.id, m.content from message_embedding e join message m on m.id = e.message_id where e.model_id = " + model.id()
            + " order by e.vector::vector(384) <=> :vector::float4[]::vector limit 10")
        .bindArray("vector", Float.class, (Object[]) boxed).mapToMap().list());
  }

  private static double milliseconds(Runnable work) {
    long started = System.nanoTime();
    work.run();
    return (System.nanoTime() - started) / 1e6;
  }

  /** The ratio of medians in each quarter of the questions, which reveals temporary load of the machine. */
  private static double[] quarters(List<Double> ours, List<Double> peer) {
    int size = ours.size() / 4;
    return IntStream.range(0, 4)
        .mapToDouble(q -> part(ours.subList(q * size, (q + 1) * size), .5) / part(peer.subList(q * size, (q + 1) * size), .5)).toArray();
  }

  private static double part(List<Double> times, double part) {
    List<Double> sorted = new ArrayList<>(times);
    Collections.sort(sorted);
    return sorted.get((int) (sorted.size() * part));
  }
}
