package tasktracker.fault;

import java.util.Map;
import org.junit.jupiter.api.Test;
import tasktracker.harness.BenchmarkResult;
import tasktracker.harness.Product;

/** Whether live messages wait while the history of an upgraded installation with 100,000 messages is extracted. */
class KnowledgeUpgradeBench {

  private static final int LIVE = 60;

  @Test
  void upgradeAnInstallationWithAHundredThousandMessages() {
    try (var upgrade = new KnowledgeUpgrade(Product.quick("knowledge-upgrade", Map.of()), 100_000)) {
      upgrade.start();
      double[] during = upgrade.sayAndAwaitScores("during", LIVE);
      upgrade.awaitEnd();
      double[] after = upgrade.sayAndAwaitScores("after", LIVE);
      BenchmarkResult.ratio("live message stored and scored during extraction of history / after it (median)",
          during[LIVE / 2] / after[LIVE / 2]).atMost(2);
      BenchmarkResult.ratio("live message stored and scored during extraction of history / after it (95th percentile)",
          during[LIVE * 95 / 100] / after[LIVE * 95 / 100]).atMost(2);
    }
  }
}
