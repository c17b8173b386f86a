package tasktracker.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import tasktracker.harness.Product;

/** An installation of the release before knowledge becomes one of this release while people talk. */
@Order(4)
class KnowledgeUpgradeIT {

  private static final int MESSAGES = 10_000, LIVE = 5;

  @Test
  void anUpgradedInstallationHasItsHistoryExtractedMeanwhile() {
    try (var upgrade = new KnowledgeUpgrade(Product.durable("knowledge-upgrade-fault", Map.of("KNOWLEDGE_BATCH", "50")), MESSAGES)) {
      Product product = upgrade.product();
      long signals = product.count("select count(*) from message where noise_classification in ('signal', 'weak_signal')");
      upgrade.start();
      upgrade.sayAndAwaitScores("live", LIVE);
      assertThat(upgrade.isExtracting()).as("history was extracted meanwhile").isTrue();
      upgrade.awaitEnd();
      assertThat(product.count("select messages_processed from extraction_run where scope = 'history' and status = 'completed'"))
          .isEqualTo(product.count("select message_count from extraction_run where scope = 'history'")).isEqualTo(signals);
      assertThat(product.count("select count(*) from message")).isEqualTo(MESSAGES + LIVE);
      assertThat(product.count("select count(*) from atom")).isPositive();
      assertThat(product.count("select count(*) from atom a where not exists (select from atom_evidence e where e.atom_id = a.id)"))
          .as("atoms without words").isZero();
      assertThat(product.count("select count(*) from job where state = 'dead'")).isZero();
    }
  }
}
