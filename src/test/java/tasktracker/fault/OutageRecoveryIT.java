package tasktracker.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import tasktracker.harness.Product;
import tasktracker.harness.Await;

/**
 * Server, broker and database are killed during work, with durable services (fsync on): no acknowledged message is lost.
 * The tests share one product, in any order; each has a chat of its own.
 */
@Order(2)
class OutageRecoveryIT {
  private static final Duration LONG = Duration.ofSeconds(180);
  /** Answers of the webhook: some ten seconds of them. */
  private static final int MANY = 60;
  private static Product product;
  private static StoredMessages truth;

  @BeforeAll
  static void start() {
    product = Product.durable("fault").start();
    assertThat(product.count("select (current_setting('fsync') = 'on')::int")).as("fsync").isOne();
    truth = new StoredMessages(product);
  }

  @AfterAll
  static void end() {
    product.close();
  }

  @Test
  void anImportAndWebhookUpdatesSurviveAKilledServer() throws InterruptedException {
    var export = TelegramExportFile.of("killed", 1_001, 1_400);
    try (var ledger = new DeliveryLog("killed"); var telegram = new WebhookSender(product.telegram(), ledger, 2_001)) {
      awaitAnswered(ledger, MANY);
      var id = upload(export);
      killWhenStored(export, 1_001, 300);
      killWhenStored(export, 1_001, 800);
      awaitAnswered(ledger, ledger.answered().size() + MANY);
      telegram.hangUp();
      awaitCompleted(id);
      truth.awaitDrained();
      truth.holdsExactly(1_001, export.messages());
      truth.agreesWith(ledger, 2_001);
      assertThat(importOf(id).getInt("messages_stored")).isEqualTo(export.messages());
    }
  }

  @Test
  void importingTheSameFileAgainAddsNothing() {
    var export = TelegramExportFile.of("again", 1_002, 300);
    awaitCompleted(upload(export));
    var second = upload(export);
    awaitCompleted(second);
    truth.awaitDrained();
    truth.holdsExactly(1_002, export.messages());
    assertThat(importOf(second).getInt("messages_stored")).isZero();
    assertThat(importOf(second).getInt("messages_skipped")).isEqualTo(export.messages());
  }

  @Test
  void aMinuteWithoutTheBrokerLosesNoJob() throws InterruptedException {
    var export = TelegramExportFile.of("broker", 1_003, 400);
    try (var ledger = new DeliveryLog("broker"); var telegram = new WebhookSender(product.telegram(), ledger, 2_002)) {
      var id = upload(export);
      awaitStored(1_003, 100);
      product.services().stop("nats");
      var before = ledger.answered().size();
      LockSupport.parkNanos(Duration.ofSeconds(60).toNanos());
      assertThat(ledger.answered().size()).as("messages keep coming in").isGreaterThan(before + MANY);
      product.services().start("nats");
      telegram.hangUp();
      assertThat(telegram.statuses()).containsExactly(200);
      awaitCompleted(id);
      truth.awaitDrained();
      truth.agreesWith(ledger, 2_002);
      truth.holdsExactly(1_003, export.messages());
    }
  }

  @Test
  void losingTheBrokersDataLosesNoJob() throws InterruptedException {
    var export = TelegramExportFile.of("forgotten", 1_004, 500);
    try (var ledger = new DeliveryLog("forgotten"); var telegram = new WebhookSender(product.telegram(), ledger, 2_003)) {
      var id = upload(export);
      awaitStored(1_004, 200);
      product.services().wipe("nats");
      awaitAnswered(ledger, ledger.answered().size() + MANY);
      product.services().start("nats");
      awaitAnswered(ledger, ledger.answered().size() + MANY);
      telegram.hangUp();
      awaitCompleted(id);
      truth.awaitDrained();
      truth.agreesWith(ledger, 2_003);
      truth.holdsExactly(1_004, export.messages());
    }
  }

  @Test
  void aDatabaseRestartLosesNothing() throws InterruptedException {
    databaseGoes(1_005, 2_004, () -> product.services().stop("postgres"));
  }

  @Test
  void aDatabaseCrashLosesNothing() throws InterruptedException {
    databaseGoes(1_006, 2_005, () -> product.services().cut("postgres"));
  }

  private void databaseGoes(long imported, long told, Runnable fault) throws InterruptedException {
    var export = TelegramExportFile.of("database-" + imported, imported, 500);
    try (var ledger = new DeliveryLog("database-" + told); var telegram = new WebhookSender(product.telegram(), ledger, told)) {
      var id = upload(export);
      awaitStored(imported, 200);
      fault.run();
      Await.until("readiness says no", Duration.ofSeconds(30), () -> !product.isReady());
      assertThat(product.anonymous().answers("/health/live")).as("alive").isTrue();
      product.services().start("postgres");
      var back = Instant.now();
      product.awaitReady(Duration.ofSeconds(30));
      awaitAnswered(ledger, ledger.answered().size() + MANY);
      assertThat(Duration.between(back, Instant.now())).as("back in service").isLessThan(Duration.ofSeconds(40));
      telegram.hangUp();
      assertThat(telegram.statuses()).contains(200, 503).isSubsetOf(200, 503);
      awaitCompleted(id);
      truth.awaitDrained();
      truth.agreesWith(ledger, told);
      truth.holdsExactly(imported, export.messages());
    }
  }

  private static String upload(TelegramExportFile export) {
    return product.api().upload("/api/v1/imports", Map.of("source", "telegram-export", "dry_run", "false"), export.file())
        .expect(202).json().getString("id");
  }

  private static jakarta.json.JsonObject importOf(String id) {
    return product.api().get("/api/v1/imports/" + id).expect(200).json();
  }

  private static void awaitCompleted(String id) {
    Await.forValue("import completed", LONG, () -> importOf(id).getString("status"),
        status -> status.equals("completed"));
  }

  private static long stored(long chat) {
    return product.count("select count(*) from message join chat on chat.id = chat_id where chat.external_id = ?",
        "channel:" + chat);
  }

  private static void awaitStored(long chat, long messages) {
    Await.until(messages + " messages imported", LONG, () -> stored(chat) >= messages);
  }

  private static void killWhenStored(TelegramExportFile export, long chat, int messages) {
    awaitStored(chat, messages);
    product.kill();
    assertThat(stored(chat)).as("killed in the middle").isLessThan(export.messages());
    product.start();
  }

  private static void awaitAnswered(DeliveryLog ledger, int answers) {
    Await.until(answers + " updates answered", LONG, () -> ledger.answered().size() >= answers);
  }
}
