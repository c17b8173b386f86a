package tasktracker.knowledge;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import tasktracker.harness.Await;
import tasktracker.harness.BenchmarkResult;
import tasktracker.harness.Product;
import tasktracker.platform.ai.LocalEmbedder;
import tasktracker.platform.ai.TestEmbedder;

/** What extraction costs beside embedding the same messages, and what a long review list costs beside a short one. */
class KnowledgeBench {

  private static final Path CHAT = Path.of("..", "shared", "data", "telegram-export", "credentials-cg-2020.json");
  private static final Duration LONG = Duration.ofMinutes(15);
  private static final int ROUNDS = 3;
  private static final int REQUESTS = 40;

  @Test
  void extractAYearAndReviewTenThousandAtoms() {
    Assumptions.assumeTrue(Files.exists(CHAT));
    try (Product product = Product.quick("knowledge-bench", Map.of("KNOWLEDGE_AUTOMATIC", "false")).start()) {
      importChat(product);
      double[] ratios = new double[ROUNDS];
      for (int round = 0; round < ROUNDS; round++) {
        double embedding = embed(product);
        double extraction = extract(product);
        System.out.printf("%d messages embedded in %.1f s, extracted in %.1f s: %d topics, %d atoms%n",
            product.count("select count(*) from message"),
            embedding, extraction, product.count("select count(*) from topic"), product.count("select count(*) from atom"));
        ratios[round] = extraction / embedding;
      }
      BenchmarkResult.ratio("a year of a chat extracted / embedded", ratios).atMost(2);
      compareReviewLists(product);
    }
  }

  private static void importChat(Product product) {
    String id = product.api().upload("/api/v1/imports", Map.of("source", "telegram-export", "dry_run", "false"), CHAT).expect(202).json()
        .getString("id");
    Await.until("imported", LONG,
        () -> product.api().get("/api/v1/imports/" + id).expect(200).json().getString("status").equals("completed"));
    Await.until("scored", LONG, () -> product.count("select count(*) from message where scored_at is null") == 0
        && product.count("select count(*) from job where state in ('queued', 'running', 'retryable') and run_at <= now()") == 0);
  }

  /** Seconds in which the local model embeds all messages, a hundred at a time, as jobs do. */
  private static double embed(Product product) {
    List<String> texts = product.database()
        .withHandle(sql -> sql.createQuery("select content from message where content ~ '\\S' order by id").mapTo(String.class).list());
    LocalEmbedder embedder = TestEmbedder.local();
    embedder.embed(texts.subList(0, 100));
    long before = System.nanoTime();
    for (int i = 0; i < texts.size(); i += 100) {
      embedder.embed(texts.subList(i, Math.min(texts.size(), i + 100)));
    }
    return (System.nanoTime() - before) / 1e9;
  }

  private static double extract(Product product) {
    forget(product);
    String run = product.api().post("/api/v1/knowledge/extract", "{\"period\":{\"period_type\":\"all\"}}").expect(202).json()
        .getString("extraction_id");
    Await.until("extracted", LONG,
        () -> product.api().get("/api/v1/knowledge/extract/" + run).expect(200).json().getString("status").equals("completed"));
    return product.database().withHandle(sql -> sql.createQuery(
        "select extract(epoch from ended_at - started_at) from extraction_run where id = ?::uuid").bind(0, run).mapTo(Double.class).one());
  }

  private static void forget(Product product) {
    product.database().useHandle(sql -> {
      sql.execute("truncate atom, message_examination, knowledge_version, knowledge_decision cascade");
      sql.execute("update message set topic_id = null, topic_set_by = null where topic_set_by is not null");
      sql.execute("delete from topic");
    });
  }

  private static void compareReviewLists(Product product) {
    double[] ratios = new double[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      fill(product, 10);
      double few = milliseconds(product);
      fill(product, 10_000);
      double many = milliseconds(product);
      System.out.printf("review list: %.1f ms with 10 pending atoms, %.1f ms with 10,000%n", few, many);
      ratios[round] = many / few;
    }
    BenchmarkResult.ratio("review list of 10,000 pending atoms / of 10", ratios).atMost(1.5);
  }

  /** The short list shows 10 cards and the long one 25 of its 10,000, so a part of the difference is that of their markup. */
  private static void fill(Product product, int atoms) {
    forget(product);
    product.database().useHandle(sql -> {
      sql.execute("""
          insert into atom (id, type, title, content, confidence, status, fingerprint, said_at, created_by)
          select gen_random_uuid(), 'decision', 'Title number ' || n, 'Content number ' || n, (n % 100) / 100.0, 'pending',
                 sha256(n::text::bytea), now() - n * interval '1 minute', 'builtin' from generate_series(1, ?) n""", atoms);
      sql.execute("""
          insert into atom_evidence (atom_id, position, message_id, revision, start_at, end_at, quote, author, sent_at)
          select id, 0, gen_random_uuid(), 1, 0, 4, 'What was said about it by somebody', 'Olena', now() from atom""");
      sql.execute("analyze atom");
      sql.execute("analyze atom_evidence");
    });
  }

  private static double milliseconds(Product product) {
    IntStream.range(0, 20).forEach(i -> page(product));
    return IntStream.range(0, REQUESTS).mapToDouble(i -> page(product)).sorted().skip(REQUESTS / 2).findFirst().orElseThrow();
  }

  private static double page(Product product) {
    long before = System.nanoTime();
    assertThat(product.api().with("Accept", "text/html").get("/atoms").expect(200).body()).contains("atom-card");
    return (System.nanoTime() - before) / 1e6;
  }
}
