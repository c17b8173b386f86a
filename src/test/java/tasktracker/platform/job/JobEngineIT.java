package tasktracker.platform.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tasktracker.harness.Services;
import tasktracker.platform.data.Database;
import tasktracker.platform.data.NatsConnection;
import tasktracker.platform.data.TestDatabase;
import tasktracker.platform.data.TestNats;

class JobEngineIT {

  private static TestDatabase schema;
  private static Database database;
  private static Services services;
  private static String broker;
  private static NatsConnection nats;

  @BeforeAll
  static void migrate() {
    schema = TestDatabase.create();
    database = schema.database();
    services = Services.throwaway("engine"); // a broker without the tickets of tests that run beside this one
    broker = services.environment().get("NATS_URL");
    nats = TestNats.connect(broker);
  }

  @AfterAll
  static void drop() throws InterruptedException {
    TestNats.close(nats);
    services.close();
    schema.close();
  }

  @BeforeEach
  void empty() {
    database.run(sql -> sql.execute("truncate job, node, schedule cascade"));
  }

  @Test
  void whatOlenaOrdersIsDoneWithinMillisecondsOfItsCommit() {
    AtomicInteger done = new AtomicInteger();
    try (var node = node("kyiv", new TestJobHandler((errand, run) -> done.incrementAndGet())).start()) {
      await("the first errand", () -> done.get() == 0 && node.jobs.enqueue(new TestJob(1)) != null);
      await("the first errand to be done", () -> done.get() == 1);
      long begin = System.nanoTime();
      UUID job = node.jobs.enqueue(new TestJob(2));
      await("the second errand to be done", () -> done.get() == 2);
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofMillis(500));
      await("its completion", () -> state(job).equals("completed"));
    }
  }

  @Test
  void twoNodesRaceForAThousandErrandsAndEachIsDoneOnce() {
    Map<Long, AtomicInteger> done = new ConcurrentHashMap<>();
    Set<String> workers = ConcurrentHashMap.newKeySet();
    NatsConnection others = TestNats.connect(broker);
    try (var kyiv = node("kyiv", counting(done, "kyiv", workers)).start();
        var lviv = new TestNode("lviv", database, others, List.of(counting(done, "lviv", workers))).start()) {
      for (long i = 0; i < 1000; i++) {
        kyiv.jobs.enqueue(new TestJob(i));
      }
      await("all to be completed", () -> count("completed") == 1000);
      assertThat(done).hasSize(1000);
      assertThat(done.values()).allSatisfy(times -> assertThat(times).hasValue(1));
      assertThat(workers).containsExactlyInAnyOrder("kyiv", "lviv");
      assertThat(lviv.activeRuns.isEmpty()).isTrue();
    }
  }

  private static TestJobHandler counting(Map<Long, AtomicInteger> done, String name, Set<String> workers) {
    return new TestJobHandler((errand, run) -> {
      workers.add(name);
      done.computeIfAbsent(errand.number(), n -> new AtomicInteger()).incrementAndGet();
    });
  }

  @Test
  void ticketsThatAreNoneHoldUpNobodyElsesAndGoAway() throws Exception {
    AtomicInteger done = new AtomicInteger();
    try (var node = node("kyiv", new TestJobHandler((errand, run) -> done.incrementAndGet())).start()) {
      node.jobs.enqueue(new TestJob(1));
      await("the first errand to be done", () -> done.get() == 1);
      var bus = nats.connection().orElseThrow();
      // What a node of another test took with it when it ended would come again only after half a minute.
      bus.jetStreamManagement().purgeStream(JobNotifier.STREAM);
      for (String nonsense : new String[] {"", "not an id", "123456789-1234-1234-1234-12345678901z", "x".repeat(100_000)}) {
        bus.jetStream().publish("jobs.default", nonsense.getBytes(java.nio.charset.StandardCharsets.UTF_8));
      }
      node.jobs.enqueue(new TestJob(2));
      await("the errand behind them", () -> done.get() == 2);
      await("the stream to be empty", () -> ticketsLeft(bus) == 0);
    }
  }

  private static long ticketsLeft(io.nats.client.Connection bus) {
    try {
      return bus.jetStreamManagement().getStreamInfo(JobNotifier.STREAM).getStreamState().getMsgCount();
    } catch (java.io.IOException | io.nats.client.JetStreamApiException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void anErrandThatFailsIsTriedAgainAfterAPauseAndItsAttemptsAreRemembered() {
    try (var node = node("kyiv", new TestJobHandler((errand, run) -> {
          if (run.attempt() == 1) {
            throw new IllegalStateException("The shop is closed");
          }
        })).start()) {
      UUID job = node.jobs.enqueue(new TestJob(1));
      await("the pause", () -> state(job).equals("retryable"));
      assertThat(text("select error from job where id = ?", job)).isEqualTo("IllegalStateException: The shop is closed");
      assertThat(seconds(job)).isBetween(0.5, 2.6);
      await("the second attempt", () -> state(job).equals("completed"));
      assertThat(text("select outcome || ' ' || attempt || ' ' || node from job_attempt where job_id = ?", job))
          .isEqualTo("failed 1 kyiv");
      assertThat(text("select attempt || '' from job where id = ?", job)).isEqualTo("2");
    }
  }

  @Test
  void poisonOfAnyKindEndsAsOneDeadJobWithItsCauseAndHarmsNoNeighbour() {
    AtomicInteger done = new AtomicInteger();
    try (var node = node("kyiv", new TestJobHandler((errand, run) -> perform((int) errand.number(), done), 1, 4, Duration.ofMinutes(5))).start()) {
      UUID thrown = node.jobs.enqueue(new TestJob(1));
      UUID deep = node.jobs.enqueue(new TestJob(2));
      UUID full = node.jobs.enqueue(new TestJob(3));
      for (int i = 0; i < 100; i++) {
        node.jobs.enqueue(new TestJob(10));
      }
      await("neighbours to be done", () -> done.get() == 100);
      await("the dead", () -> count("dead") == 3);
      assertThat(text("select error from job where id = ?", thrown)).contains("poison");
      assertThat(text("select error from job where id = ?", deep)).isEqualTo("StackOverflowError");
      assertThat(text("select error from job where id = ?", full)).contains("OutOfMemoryError");
      await("news of the dead", () -> node.news.stream().filter(n -> n instanceof JobEventPublisher.JobChanged c && c.state().equals("dead")).count() == 3);
    }
  }

  private static void perform(int what, AtomicInteger done) {
    switch (what) {
      case 1 -> throw new IllegalArgumentException("poison \u0000 with a hole");
      case 2 -> perform(2, done);
      case 3 -> throw new OutOfMemoryError("Java heap space");
      default -> done.incrementAndGet();
    }
    if (what == 2) {
      done.get();
    }
  }

  @Test
  void anErrandThatNeverReturnsIsGivenUpAndItsLaneIsFreed() throws InterruptedException {
    CountDownLatch forever = new CountDownLatch(1);
    AtomicInteger done = new AtomicInteger();
    var doing = new TestJobHandler((errand, run) -> {
      if (errand.number() == 1) {
        awaitUninterrupted(forever);
      }
      done.incrementAndGet();
    }, 1, 1, Duration.ofSeconds(1));
    try (var node = node("kyiv", doing).start()) {
      UUID stuck = node.jobs.enqueue(new TestJob(1));
      node.jobs.enqueue(new TestJob(2));
      await("the stuck one to be dead", () -> state(stuck).equals("dead"));
      assertThat(text("select error from job where id = ?", stuck)).isEqualTo("It took longer than 1 s");
      await("the next one", () -> done.get() == 1);
      forever.countDown();
      await("the stuck thread to come back", () -> done.get() == 2);
      node.jobs.enqueue(new TestJob(3));
      await("work to go on", () -> done.get() == 3);
      assertThat(state(stuck)).isEqualTo("dead");
    }
  }

  private static void awaitUninterrupted(CountDownLatch latch) {
    for (boolean open = false; !open; ) {
      try {
        open = latch.await(1, TimeUnit.MINUTES);
      } catch (InterruptedException e) {
        // The poison of this test: it does not listen.
        open = latch.getCount() == 0;
      }
    }
  }

  @Test
  void kevinCancelsARunningErrandAndItStopsAtItsNextBatch() {
    AtomicInteger batches = new AtomicInteger();
    try (var node = node("kyiv", new TestJobHandler((errand, run) -> {
          while (!run.stopRequested()) {
            batches.incrementAndGet();
            run.progress(batches.get(), 0, "");
            TimeUnit.MILLISECONDS.sleep(10);
          }
        })).start()) {
      UUID job = node.jobs.enqueue(new TestJob(1));
      await("it to run", () -> batches.get() > 2);
      // As from another node, which cannot tell the run directly.
      node.ledger.cancel(job, "Kevin");
      await("it to stop", () -> state(job).equals("cancelled"));
      assertThat(text("select decided_by from job where id = ?", job)).isEqualTo("Kevin");
    }
  }

  @Test
  void aWaitingErrandIsCancelledAtOnce() {
    try (var node = node("kyiv", new TestJobHandler((errand, run) -> {}))) {
      UUID job = node.jobs.enqueue(new TestJob(1));
      node.jobs.cancel(job);
      assertThat(state(job)).isEqualTo("cancelled");
      assertThat(node.ledger.cancel(job, null)).isEmpty();
    }
  }

  @Test
  void snoozingUsesUpNoAttempt() {
    AtomicInteger calls = new AtomicInteger();
    try (var node = node("kyiv", new TestJobHandler((errand, run) -> {
          if (calls.incrementAndGet() < 4) {
            throw new JobSnoozed(Duration.ofMillis(10), "not yet");
          }
        }, 1, 1, Duration.ofMinutes(1))).start()) {
      UUID job = node.jobs.enqueue(new TestJob(1));
      await("it to be done after three snoozes", () -> state(job).equals("completed"));
      assertThat(text("select count(*) || '' from job_attempt where job_id = ? and outcome = 'snoozed'", job)).isEqualTo("3");
    }
  }

  @Test
  void aPauseThatAnotherAsksForIsKept() {
    try (var node = node("kyiv", new TestJobHandler((errand, run) -> {
          throw new RetryAfter(Duration.ofSeconds(77), "429 from the shop", null);
        })).start()) {
      UUID job = node.jobs.enqueue(new TestJob(1));
      await("it to fail", () -> state(job).equals("retryable"));
      assertThat(seconds(job)).isBetween(70.0, 77.0);
    }
  }

  @Test
  void pointlessWorkIsDiscarded() {
    try (var node = node("kyiv", new TestJobHandler((errand, run) -> {
          throw new JobDiscarded("The message is gone");
        })).start()) {
      UUID job = node.jobs.enqueue(new TestJob(1));
      await("it to be discarded", () -> state(job).equals("discarded"));
      assertThat(text("select error from job where id = ?", job)).isEqualTo("The message is gone");
    }
  }

  @Test
  void aButtonPressedThriceIsOneJob() {
    try (var node = node("kyiv", new TestJobHandler((errand, run) -> {}))) {
      var once = Jobs.Order.once("rescore");
      assertThat(List.of(node.jobs.enqueue(new TestJob(1), once), node.jobs.enqueue(new TestJob(1), once)))
          .containsOnly(node.jobs.enqueue(new TestJob(1), once));
      node.start();
      await("it to be done", () -> count("completed") == 1);
      node.jobs.enqueue(new TestJob(1), once);
      await("the key to be free again", () -> count("completed") == 2);
    }
  }

  @Test
  void aNodeThatIsStoppedFinishesWhatItCanAndGivesBackTheRest() {
    CountDownLatch begun = new CountDownLatch(2);
    var node = node("kyiv", new TestJobHandler((errand, run) -> {
      begun.countDown();
      while (!run.stopRequested()) {
        TimeUnit.MILLISECONDS.sleep(5);
      }
      if (errand.number() == 1) {
        run.complete();
      }
    })).start();
    UUID finished = node.jobs.enqueue(new TestJob(1));
    UUID given = node.jobs.enqueue(new TestJob(2));
    await("both to run", () -> begun.getCount() == 0);
    long begin = System.nanoTime();
    node.close();
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
    assertThat(state(finished)).isEqualTo("completed");
    assertThat(state(given)).isEqualTo("queued");
    assertThat(text("select outcome from job_attempt where job_id = ?", given)).isEqualTo("returned");
    assertThat(text("select max_attempts || '' from job where id = ?", given)).isEqualTo("6");
  }

  @Test
  void aNodeThatWasKilledGetsItsWorkBackWhenItStartsAgain() {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch forever = new CountDownLatch(1);
    var first = node("kyiv", new TestJobHandler((errand, run) -> {
      begun.countDown();
      awaitUninterrupted(forever);
    })).start();
    UUID job = first.jobs.enqueue(new TestJob(1));
    await("it to run", () -> begun.getCount() == 0);
    first.kill();
    database.run(sql -> sql.execute("update node set seen_at = now() - interval '8 s'"));
    try (var second = node("kyiv", new TestJobHandler((errand, run) -> {})).start()) {
      await("the second life to finish it", () -> state(job).equals("completed"));
      assertThat(text("select outcome || ': ' || error from job_attempt where job_id = ? and attempt = 1", job))
          .isEqualTo("lost: The server kyiv stopped without finishing");
      await("its end to be written", second.activeRuns::isEmpty);
    }
    forever.countDown();
  }

  /** Errand 13 ends every server that performs it; the others take long in the first life of the server. */
  @Test
  void ofTheJobsThatLoseTheirServerOnlyTheOneThatEndsItDies() {
    CountDownLatch forever = new CountDownLatch(1);
    List<UUID> neighbours = new ArrayList<>();
    UUID killer = null;
    for (int life = 1; life <= 3; life++) {
      CountDownLatch ended = new CountDownLatch(1);
      CountDownLatch begun = new CountDownLatch(life == 1 ? 3 : 0);
      boolean isFirst = life == 1;
      var node = new TestNode("kyiv", database, nats, List.of(new TestJobHandler((errand, run) -> {
        if (errand.number() == 13) {
          awaitUninterrupted(begun);
          ended.countDown();
          awaitUninterrupted(forever);
        } else if (isFirst) {
          begun.countDown();
          awaitUninterrupted(forever);
        }
      })));
      if (isFirst) {
        killer = node.jobs.enqueue(new TestJob(13));
        for (int i = 1; i <= 3; i++) {
          neighbours.add(node.jobs.enqueue(new TestJob(i)));
        }
      }
      node.start();
      await("the server to be ended in its life " + life, () -> ended.getCount() == 0);
      node.kill();
      database.run(sql -> sql.execute("update node set seen_at = now() - interval '8 s'"));
    }
    UUID dead = java.util.Objects.requireNonNull(killer);
    try (var node = node("kyiv", new TestJobHandler((errand, run) -> {})).start()) {
      await("the killer to be dead", () -> state(dead).equals("dead"));
      await("the neighbours to be done", () -> count("completed") == 3);
      assertThat(text("select lost || ' ' || error from job where id = ?", dead))
          .isEqualTo("3 Worker lost 3 times. The server kyiv stopped without finishing");
      neighbours.forEach(job -> assertThat(text("select lost || '' from job where id = ?", job)).isEqualTo("1"));
      assertThat(node.administration.retryAll(new JobFilter("dead", null, null), "Kevin")).isZero();
      await("its end to be written", node.activeRuns::isEmpty);
    }
    forever.countDown();
  }

  @Test
  void aNodeOfTheWebLeavesWorkToTheWorkers() {
    AtomicInteger done = new AtomicInteger();
    try (var web = new TestNode("web", "web", database, nats, List.of(new TestJobHandler((errand, run) -> done.addAndGet(100)))).start()) {
      UUID job = web.jobs.enqueue(new TestJob(1));
      try (var worker = new TestNode("worker", "worker", database, nats, List.of(new TestJobHandler((errand, run) -> done.incrementAndGet()))).start()) {
        await("the worker to do it", () -> state(job).equals("completed"));
      }
    }
    assertThat(done).hasValue(1);
  }

  @Test
  void bulkWorkWaitsWithoutDelayingAWebhooksMessage() {
    CountDownLatch release = new CountDownLatch(1);
    AtomicInteger quick = new AtomicInteger();
    try (var node = node("kyiv", new TestJobHandler((errand, run) -> {
          if (errand.number() == 0) {
            release.await();
          } else {
            quick.incrementAndGet();
          }
        })).start()) {
      for (int i = 0; i < 50; i++) {
        node.jobs.enqueue(new TestJob(0), Jobs.Order.on(Queue.BULK));
      }
      await("bulk to fill its lanes", () -> count("running") == 3);
      node.jobs.enqueue(new TestJob(1));
      await("the message", () -> quick.get() == 1);
      await("the message's lane to be free again", () -> count("running") == 3);
      release.countDown();
      await("the rest", () -> count("completed") == 51);
    }
  }

  private static TestNode node(String name, TestJobHandler doing) {
    return new TestNode(name, database, nats, List.of(doing));
  }

  private static void await(String what, BooleanSupplier condition) {
    long until = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("waited too long for " + what).isLessThan(until);
      java.util.concurrent.locks.LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
    }
  }

  private static String state(UUID job) {
    return text("select state from job where id = ?", job);
  }

  private static String text(String sql, UUID job) {
    return database.ask(h -> h.createQuery(sql).bind(0, job).mapTo(String.class).one());
  }

  private static double seconds(UUID job) {
    return database.ask(h -> h.createQuery("select extract(epoch from run_at - now()) from job where id = ?").bind(0, job)
        .mapTo(Double.class).one());
  }

  private static long count(String state) {
    return database.ask(h -> h.createQuery("select count(*) from job where state = ? and kind = 'test_errand'").bind(0, state)
        .mapTo(Long.class).one());
  }
}
