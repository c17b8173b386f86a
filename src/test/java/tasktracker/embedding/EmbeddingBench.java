package tasktracker.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.onnx.allminilml6v2q.AllMiniLmL6V2QuantizedEmbeddingModel;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tasktracker.harness.BenchmarkResult;
import tasktracker.platform.ai.TestEmbedder;
import tasktracker.platform.data.Database;
import tasktracker.platform.data.TestDatabase;

/** Throughput of the embedding job, including storing and indexing, compared with the bare langchain4j model on all cores. */
class EmbeddingBench {

  private static final int TEXTS = 2_000;
  private static final int ROUNDS = 3;

  @Test
  void embeddingJobAgainstBareModel() {
    var bare = new AllMiniLmL6V2QuantizedEmbeddingModel();
    var local = TestEmbedder.local();
    try (var schema = TestDatabase.create()) {
      Database database = new Database(schema.transactional()); // as the pool of a server: opening connections is not what is measured
      Embeddings embeddings = TestEmbeddings.over(database, local, local);
      TestMessages talk = new TestMessages(database);
      UUID kevin = talk.person("Kevin");
      UUID chat = talk.chat("Bench");
      bare.embedAll(SampleLines.of(200, 1).stream().map(TextSegment::from).toList());
      local.embed(SampleLines.of(200, 1));
      double[] ratios = new double[ROUNDS];
      for (int round = 0; round < ROUNDS; round++) {
        List<String> texts = SampleLines.of(TEXTS, 10 + round);
        List<UUID> messages = talk.say(kevin, chat, Instant.now(), texts);
        double peer = perSecond(() -> bare.embedAll(texts.stream().map(TextSegment::from).toList()));
        double ours = perSecond(() -> asTwoJobs(embeddings, messages));
        assertThat(stored(database)).as("vectors stored").isEqualTo((long) TEXTS * (round + 1));
        ratios[round] = ours / peer;
        System.out.printf("round %d: bare model %.0f texts/s, job %.0f texts/s, ratio %.2f%n", round + 1, peer, ours, ratios[round]);
      }
      BenchmarkResult.ratio("embedding job / bare embedAll, texts a second", ratios).atLeast(.8);
    }
    local.close();
  }

  private static long stored(Database database) {
    return database.ask(sql -> sql.createQuery("select count(*) from message_embedding").mapTo(Long.class).one());
  }

  /** Batches of a hundred, two at a time, as the job's concurrency has it. */
  private static void asTwoJobs(Embeddings embeddings, List<UUID> messages) {
    List<List<UUID>> batches = EmbedMessages.split(messages);
    Stream.of(0, 1).map(half -> CompletableFuture.runAsync(() -> {
      for (int i = half; i < batches.size(); i += 2) {
        embeddings.embed(batches.get(i));
      }
    })).toList().forEach(CompletableFuture::join);
  }

  private static double perSecond(Runnable work) {
    long started = System.nanoTime();
    work.run();
    return TEXTS / ((System.nanoTime() - started) / 1e9);
  }
}
