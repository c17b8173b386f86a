package tasktracker.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import tasktracker.harness.ApiResponse;
import tasktracker.harness.Api;
import tasktracker.harness.Product;
import tasktracker.harness.Await;

/**
 * A database that freezes, closes connections, or blocks all of them. The tests share one product, in any order; each has
 * a chat of its own.
 */
@Order(4)
class SlowDatabaseIT {
  private static final Duration LONG = Duration.ofSeconds(120);
  /** Statements are given up after 10 s, a connection that is not got after 4 s more; the rest is a busy machine. */
  private static final Duration PATIENCE = Duration.ofSeconds(25);
  /** A job is leased for 30 s. */
  private static final Duration LEASES_RUN_OUT = Duration.ofSeconds(33);
  private static final String METRICS_TOKEN = "token-of-prometheus-in-tests";
  private static Product product;
  private static StoredMessages truth;

  /** Without a database the server waits for it, logs that, and can be stopped. */
  @BeforeAll
  static void startsBeforeItsDatabase() {
    product = Product.durable("slow", Map.of("DATABASE_POOL", "10", "METRICS_TOKEN", METRICS_TOKEN));
    product.services().stop("postgres");
    var begun = Instant.now();
    startsAndWaits();
    var told = Instant.now();
    product.stop();
    // Its start goes on until it needs the database too, and then fails; how long that is, the part before tells.
    assertThat(Duration.between(told, Instant.now())).as("to stop a server that waits")
        .isLessThan(Duration.between(begun, told).plusSeconds(10));
    startsAndWaits();
    product.services().start("postgres");
    product.awaitReady(LONG);
    truth = new StoredMessages(product);
  }

  private static void startsAndWaits() {
    product.startWithoutWaiting();
    Await.until("the server says that it waits", LONG, () -> product.hasSaid("Waiting for the database"));
    assertThat(product.isReady()).as("ready without a database").isFalse();
  }

  @AfterAll
  static void end() {
    product.close();
  }

  @Test
  void aFrozenDatabaseTimesOutAndIsUsedAgainLater() throws InterruptedException {
    var export = TelegramExportFile.of("frozen", 1_101, 500);
    try (var ledger = new DeliveryLog("frozen"); var telegram = new WebhookSender(product.telegram(), ledger, 2_101)) {
      var id = upload(export);
      awaitStored(1_101, 200);
      var frozen = Instant.now();
      product.services().freeze();
      try {
        askedForAPageOlenaIsToldToComeBack();
        Await.until("readiness says no", PATIENCE, () -> !product.isReady());
        IntStream.range(0, 3).forEach(probe -> whoWatchesIsToldInSeconds());
        LockSupport.parkUntil(frozen.plus(LEASES_RUN_OUT).toEpochMilli());
      } finally {
        product.services().thaw();
      }
      product.awaitReady(Duration.ofSeconds(30));
      awaitAnswered(ledger, ledger.answered().size() + 60);
      telegram.hangUp();
      assertThat(telegram.slowest()).as("slowest answer").isLessThan(PATIENCE);
      assertThat(telegram.statuses()).contains(200, 503).isSubsetOf(200, 503);
      allIsThere(id, export, 1_101);
      truth.agreesWith(ledger, 2_101);
      assertThat(attemptsBlamedOnJobs()).isEmpty();
    }
  }

  private static void askedForAPageOlenaIsToldToComeBack() {
    var asked = Instant.now();
    ApiResponse page = page();
    assertThat(Duration.between(asked, Instant.now())).as("a page is given up").isLessThan(PATIENCE);
    assertThat(page.expect(503).header("Retry-After")).isPresent();
  }

  /** The health endpoint reports a hanging database instead of hanging too. */
  private static void whoWatchesIsToldInSeconds() {
    var asked = Instant.now();
    assertThat(product.anonymous().get("/api/health").expect(503).json().getJsonObject("checks").getString("database")).isEqualTo("down");
    product.anonymous().get("/health/ready").expect(503);
    product.anonymous().get("/health/live").expect(200);
    product.anonymous().with("Authorization", "Bearer " + METRICS_TOKEN).get("/metrics").expect(200);
    assertThat(Duration.between(asked, Instant.now())).as("to ask all four").isLessThan(Duration.ofSeconds(6));
  }

  @Test
  void randomlyClosedConnectionsLoseNoMessage() throws InterruptedException {
    var export = TelegramExportFile.of("ended", 1_102, 500);
    try (var ledger = new DeliveryLog("ended"); var telegram = new WebhookSender(product.telegram(), ledger, 2_102)) {
      var id = upload(export);
      awaitAnswered(ledger, 20);
      for (int second = 0; second < 15; second++) {
        endAConnection();
        LockSupport.parkNanos(Duration.ofSeconds(1).toNanos());
      }
      awaitAnswered(ledger, ledger.answered().size() + 50);
      telegram.hangUp();
      assertThat(telegram.slowest()).as("slowest answer").isLessThan(Duration.ofSeconds(10));
      assertThat(telegram.statuses()).contains(200).isSubsetOf(200, 503);
      allIsThere(id, export, 1_102);
      truth.agreesWith(ledger, 2_102);
    }
  }

  private static void endAConnection() {
    assertThat(product.count("""
        select count(pg_terminate_backend(pid)) from (select pid from pg_stat_activity
         where application_name = 'task-tracker' order by state = 'active' desc, random() limit 1) as victim""")).isOne();
  }

  @Test
  void withAllConnectionsBlockedRequestsFailFastAndJobsWait() {
    var export = TelegramExportFile.of("held", 1_103, 300);
    var id = upload(export);
    awaitStored(1_103, 100);
    List<ApiResponse> answers = product.database().inTransaction(holder -> {
      holder.execute("lock table message in access exclusive mode");
      List<ApiResponse> asked = manyAsk();
      assertThat(product.anonymous().answers("/health/live")).as("alive").isTrue();
      return asked;
    });
    assertThat(answers).allSatisfy(answer -> assertThat(answer.expect(503).header("Retry-After")).isPresent());
    Await.until("pages are shown again", Duration.ofSeconds(20), () -> page().status() == 200);
    allIsThere(id, export, 1_103);
    assertThat(attemptsBlamedOnJobs()).isEmpty();
  }

  private static List<String> attemptsBlamedOnJobs() {
    return product.database().withHandle(h -> h.createQuery("""
        select concat_ws(' ', kind, a.attempt, a.outcome, a.started_at, a.finished_at, a.error)
          from job_attempt a join job on job.id = a.job_id where outcome <> 'returned' order by a.finished_at""")
        .mapTo(String.class).list());
  }

  /** More people than there are connections. */
  private static List<ApiResponse> manyAsk() {
    try (var people = Executors.newVirtualThreadPerTaskExecutor()) {
      var asked = Instant.now();
      List<CompletableFuture<ApiResponse>> pages = IntStream.range(0, 30)
          .mapToObj(i -> CompletableFuture.supplyAsync(SlowDatabaseIT::page, people)).toList();
      List<ApiResponse> answers = pages.stream().map(CompletableFuture::join).toList();
      assertThat(Duration.between(asked, Instant.now())).as("all are told").isLessThan(PATIENCE);
      return answers;
    }
  }

  private static ApiResponse page() {
    Api browser = product.api().with("Accept", "text/html");
    return browser.get("/messages");
  }

  private static void allIsThere(String id, TelegramExportFile export, long chat) {
    Await.forValue("import completed", LONG,
        () -> product.api().get("/api/v1/imports/" + id).expect(200).json().getString("status"), "completed"::equals);
    truth.awaitDrained();
    truth.holdsExactly(chat, export.messages());
  }

  private static String upload(TelegramExportFile export) {
    return product.api().upload("/api/v1/imports", Map.of("source", "telegram-export", "dry_run", "false"), export.file())
        .expect(202).json().getString("id");
  }

  private static void awaitStored(long chat, long messages) {
    Await.until(messages + " messages imported", LONG, () -> product.count("""
        select count(*) from message join chat on chat.id = chat_id where chat.external_id = ?""", "channel:" + chat) >= messages);
  }

  private static void awaitAnswered(DeliveryLog ledger, int answers) {
    Await.until(answers + " updates answered", LONG, () -> ledger.answered().size() >= answers);
  }
}
