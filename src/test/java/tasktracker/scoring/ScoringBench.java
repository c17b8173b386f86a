package tasktracker.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tasktracker.embedding.Embeddings;
import tasktracker.embedding.TestEmbeddings;
import tasktracker.embedding.TestMessages;
import tasktracker.harness.IgnoredEvents;
import tasktracker.harness.BenchmarkResult;
import tasktracker.message.MessageEventPublisher;
import tasktracker.message.MessageScores;
import tasktracker.platform.ai.LocalEmbedder;
import tasktracker.platform.ai.TestEmbedder;
import tasktracker.platform.batch.FailedItems;
import tasktracker.platform.data.Database;
import tasktracker.platform.data.TestDatabase;
import tasktracker.scoring.correction.CorrectionStore;
import tasktracker.scoring.correction.CorrectionTrainer;
import tasktracker.scoring.policy.ScoringConfig;

/** Measures how long it takes to score 10,000 stored messages that have vectors. The goal is 5 s on two cores. */
class ScoringBench {

  private static final int BATCHES = 100;

  @Test
  void scoreTenThousandStoredMessages() {
    try (TestDatabase schema = TestDatabase.create()) {
      Database database = schema.database();
      LocalEmbedder local = TestEmbedder.local();
      Embeddings embeddings = TestEmbeddings.over(database, local, local);
      List<UUID> ids = ids(new TestMessages(database));
      IntStream.range(0, BATCHES).forEach(b -> embeddings.embed(batch(ids, b)));
      ScoreStore store = new ScoreStore(database, new MessageScores(database));
      Scorer scorer = new Scorer(store, embeddings,
          new CorrectionTrainer(new CorrectionStore(database, new MessageScores(database)), store, embeddings),
          new ChatCalibrations(store), new ScoringConfig(0.3, 0.7, 0.3, 0.7, 0.4, 0.2, 0.2, 0.2));
      Scores scores = new Scores(store, new FailedItems(database, (event, data) -> {}), (event, data) -> {},
          new MessageEventPublisher((event, data) -> {}), IgnoredEvents.create());
      var process = (com.sun.management.OperatingSystemMXBean) java.lang.management.ManagementFactory.getOperatingSystemMXBean();
      long cpu = process.getProcessCpuTime();
      long before = System.nanoTime();
      IntStream.range(0, BATCHES).parallel().forEach(b -> scores.saveAll(scorer.computeScores(batch(ids, b), true), () -> {}));
      double seconds = (System.nanoTime() - before) / 1e9;
      System.out.printf("10,000 stored messages scored and written with %d ms of processor here%n",
          Duration.ofNanos(process.getProcessCpuTime() - cpu).toMillis());
      assertThat(store.countUnscored()).as("messages without a score").isZero();
      new BenchmarkResult("10,000 stored messages scored and written", new double[]{seconds}, " s").atMost(5);
    }
  }

  private static List<UUID> batch(List<UUID> ids, int number) {
    return ids.subList(100 * number, 100 * number + 100);
  }

  private static List<UUID> ids(TestMessages testMessages) {
    return testMessages.say(testMessages.person("Olena"), testMessages.chat("Backend"), Instant.now().minus(Duration.ofDays(30)),
        IntStream.range(0, 100 * BATCHES).mapToObj(i -> switch (i % 4) {
          case 0 -> "The import of file " + i + " fails with an error since the update, can you have a look?";
          case 1 -> "ok thanks";
          case 2 -> "Сервіс номер " + i + " знову не відповідає, перезапустив, зараз працює";
          default -> "We agreed to move item " + i + " to the next sprint because the supplier is late";
        }).toList());
  }
}
