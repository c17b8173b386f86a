package tasktracker.platform.job.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.nats.client.JetStreamApiException;
import io.nats.client.api.StreamState;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
import tasktracker.platform.job.JobDiscarded;
import tasktracker.platform.job.JobSnoozed;
import tasktracker.platform.job.JobState;
import tasktracker.platform.job.Jobs;
import tasktracker.platform.job.Queue;
import tasktracker.platform.job.RetryAfter;
import tasktracker.platform.job.TestJob;
import tasktracker.platform.job.TestJobHandler;
import tasktracker.platform.job.admin.JobFilter;

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
    services = Services.throwaway("engine"); // a broker without the notifications of other tests
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
  void anEnqueuedJobIsNotifiedAndCompleted() {
    try (var node = node("kyiv", new TestJobHandler((job, run) -> {})).start()) {
      await("the stream", () -> stream().isPresent());
      long published = stream().orElseThrow().getLastSequence();
      UUID job = node.jobs.enqueue(new TestJob(1));
      await("its completion", () -> state(job).equals("completed"));
      await("one notification that was acknowledged", () -> stream().orElseThrow().getLastSequence() == published + 1
          && stream().orElseThrow().getMsgCount() == 0);
    }
  }

  @Test
  void twoNodesRunEachOfAThousandJobsOnce() {
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
    return new TestJobHandler((job, run) -> {
      workers.add(name);
      done.computeIfAbsent(job.number(), n -> new AtomicInteger()).incrementAndGet();
    });
  }

  @Test
  void invalidNotificationsAreAcknowledgedAndSkipped() throws Exception {
    AtomicInteger done = new AtomicInteger();
    try (var node = node("kyiv", new TestJobHandler((job, run) -> done.incrementAndGet())).start()) {
      node.jobs.enqueue(new TestJob(1));
      await("the first job", () -> done.get() == 1);
      var connection = nats.connection().orElseThrow();
      // Notifications that the node of another test had fetched would be delivered again after 30 seconds.
      connection.jetStreamManagement().purgeStream(JobNotifier.STREAM);
      for (String invalid : new String[]{"", "not an id", "123456789-1234-1234-1234-12345678901z", "x".repeat(100_000)}) {
        connection.jetStream().publish("jobs.default", invalid.getBytes(java.nio.charset.StandardCharsets.UTF_8));
      }
      node.jobs.enqueue(new TestJob(2));
      await("the job after them", () -> done.get() == 2);
      await("the stream to be empty", () -> stream().orElseThrow().getMsgCount() == 0);
    }
  }

  private static Optional<StreamState> stream() {
    return nats.connection().flatMap(connection -> {
      try {
        return Optional.of(connection.jetStreamManagement().getStreamInfo(JobNotifier.STREAM).getStreamState());
      } catch (IOException | JetStreamApiException e) {
        return Optional.empty();
      }
    });
  }

  @Test
  void aFailedJobIsRetriedAfterItsBackoffAndKeepsItsAttempts() {
    try (var node = node("kyiv", new TestJobHandler((job, run) -> {
      if (run.attempt() == 1) {
        throw new IllegalStateException("The server is closed");
      }
    })).start()) {
      UUID job = node.jobs.enqueue(new TestJob(1));
      await("the failure", () -> state(job).equals("retryable"));
      assertThat(text("select error from job where id = ?", job)).isEqualTo("IllegalStateException: The server is closed");
      assertThat(secondsToRetry(job)).isBetween(1.5, 2.5);
      await("the second attempt", () -> state(job).equals("completed"));
      assertThat(text("select outcome || ' ' || attempt || ' ' || node from job_attempt where job_id = ?", job))
          .isEqualTo("failed 1 kyiv");
      assertThat(text("select attempt || '' from job where id = ?", job)).isEqualTo("2");
    }
  }

  @Test
  void anErrorOfAnyKindMakesOnlyItsOwnJobDead() {
    AtomicInteger done = new AtomicInteger();
    try (
        var node = node("kyiv", new TestJobHandler((job, run) -> perform((int) job.number(), done), 1, 4, Duration.ofMinutes(5))).start()) {
      UUID thrown = node.jobs.enqueue(new TestJob(1));
      UUID deep = node.jobs.enqueue(new TestJob(2));
      UUID full = node.jobs.enqueue(new TestJob(3));
      for (int i = 0; i < 100; i++) {
        node.jobs.enqueue(new TestJob(10));
      }
      await("the other jobs", () -> done.get() == 100);
      await("three dead jobs", () -> count("dead") == 3);
      assertThat(text("select error from job where id = ?", thrown)).contains("poison");
      assertThat(text("select error from job where id = ?", deep)).isEqualTo("StackOverflowError");
      assertThat(text("select error from job where id = ?", full)).contains("OutOfMemoryError");
      await("events about the dead jobs",
          () -> node.events.stream().filter(n -> n instanceof JobEventPublisher.JobChanged c && c.state().equals("dead")).count() == 3);
    }
  }

  private static void perform(int what, AtomicInteger done) {
    switch (what) {
      case 1 -> throw new IllegalArgumentException("poison \u0000 with a NUL");
      case 2 -> perform(2, done);
      case 3 -> throw new OutOfMemoryError("Java heap space");
      default -> done.incrementAndGet();
    }
    if (what == 2) {
      done.get();
    }
  }

  @Test
  void aJobThatNeverReturnsTimesOutAndReleasesItsSlot() throws InterruptedException {
    CountDownLatch forever = new CountDownLatch(1);
    AtomicInteger done = new AtomicInteger();
    var doing = new TestJobHandler((job, run) -> {
      if (job.number() == 1) {
        awaitUninterrupted(forever);
      }
      done.incrementAndGet();
    }, 1, 1, Duration.ofSeconds(1));
    try (var node = node("kyiv", doing).start()) {
      UUID stuck = node.jobs.enqueue(new TestJob(1));
      node.jobs.enqueue(new TestJob(2));
      await("the timeout", () -> state(stuck).equals("dead"));
      assertThat(text("select error from job where id = ?", stuck)).isEqualTo("It took longer than 1 s");
      await("the next job", () -> done.get() == 1);
      forever.countDown();
      await("the blocked thread to return", () -> done.get() == 2);
      node.jobs.enqueue(new TestJob(3));
      await("a further job", () -> done.get() == 3);
      assertThat(state(stuck)).isEqualTo("dead");
    }
  }

  private static void awaitUninterrupted(CountDownLatch latch) {
    for (boolean open = false; !open;) {
      try {
        open = latch.await(1, TimeUnit.MINUTES);
      } catch (InterruptedException e) {
        // This handler ignores interrupts.
        open = latch.getCount() == 0;
      }
    }
  }

  @Test
  void aRunningJobThatIsCancelledStopsAtItsNextCheckpoint() {
    AtomicInteger batches = new AtomicInteger();
    try (var node = node("kyiv", new TestJobHandler((job, run) -> {
      while (!run.stopRequested()) {
        batches.incrementAndGet();
        run.progress(batches.get(), 0, "");
        TimeUnit.MILLISECONDS.sleep(10);
      }
    })).start()) {
      UUID job = node.jobs.enqueue(new TestJob(1));
      await("it to run", () -> batches.get() > 2);
      // Like another node, which cannot reach the run directly.
      node.jobStore.cancel(job, "Kevin");
      await("it to stop", () -> state(job).equals("cancelled"));
      assertThat(text("select decided_by from job where id = ?", job)).isEqualTo("Kevin");
    }
  }

  @Test
  void aWaitingJobIsCancelledAtOnce() {
    try (var node = node("kyiv", new TestJobHandler((job, run) -> {}))) {
      UUID job = node.jobs.enqueue(new TestJob(1));
      node.jobs.cancel(job);
      assertThat(state(job)).isEqualTo("cancelled");
      assertThat(node.jobStore.cancel(job, null)).isEmpty();
    }
  }

  @Test
  void aSnoozedJobUsesNoAttempt() {
    AtomicInteger calls = new AtomicInteger();
    try (var node = node("kyiv", new TestJobHandler((job, run) -> {
      if (calls.incrementAndGet() < 4) {
        throw new JobSnoozed(Duration.ofMillis(10), "not yet");
      }
    }, 1, 1, Duration.ofMinutes(1))).start()) {
      UUID job = node.jobs.enqueue(new TestJob(1));
      await("its completion after three snoozes", () -> state(job).equals("completed"));
      assertThat(text("select count(*) || '' from job_attempt where job_id = ? and outcome = 'snoozed'", job)).isEqualTo("3");
    }
  }

  @Test
  void theDelayOfRetryAfterIsKept() {
    try (var node = node("kyiv", new TestJobHandler((job, run) -> {
      throw new RetryAfter(Duration.ofSeconds(77), "429 from the server", null);
    })).start()) {
      UUID job = node.jobs.enqueue(new TestJob(1));
      await("it to fail", () -> state(job).equals("retryable"));
      assertThat(secondsToRetry(job)).isEqualTo(77);
    }
  }

  @Test
  void aDiscardedJobKeepsItsReason() {
    try (var node = node("kyiv", new TestJobHandler((job, run) -> {
      throw new JobDiscarded("The message is gone");
    })).start()) {
      UUID job = node.jobs.enqueue(new TestJob(1));
      await("it to be discarded", () -> state(job).equals("discarded"));
      assertThat(text("select error from job where id = ?", job)).isEqualTo("The message is gone");
    }
  }

  @Test
  void aUniqueKeyAllowsOneUnfinishedJob() {
    try (var node = node("kyiv", new TestJobHandler((job, run) -> {}))) {
      var once = Jobs.Options.once("rescore");
      assertThat(List.of(node.jobs.enqueue(new TestJob(1), once), node.jobs.enqueue(new TestJob(1), once)))
          .containsOnly(node.jobs.enqueue(new TestJob(1), once));
      node.start();
      await("it to be done", () -> count("completed") == 1);
      node.jobs.enqueue(new TestJob(1), once);
      await("the key to be free again", () -> count("completed") == 2);
    }
  }

  @Test
  void aStoppedNodeFinishesJobsOrReturnsThemToTheQueue() {
    CountDownLatch begun = new CountDownLatch(2);
    var node = node("kyiv", new TestJobHandler((job, run) -> {
      begun.countDown();
      while (!run.stopRequested()) {
        TimeUnit.MILLISECONDS.sleep(5);
      }
      if (job.number() == 1) {
        run.complete();
      }
    })).start();
    UUID finished = node.jobs.enqueue(new TestJob(1));
    UUID returned = node.jobs.enqueue(new TestJob(2));
    await("both to run", () -> begun.getCount() == 0);
    node.close();
    assertThat(state(finished)).isEqualTo("completed");
    assertThat(state(returned)).isEqualTo("queued");
    assertThat(text("select outcome from job_attempt where job_id = ?", returned)).isEqualTo("returned");
    assertThat(text("select max_attempts || '' from job where id = ?", returned)).isEqualTo("6");
  }

  @Test
  void aRestartedNodeRecoversTheJobsOfItsEarlierIncarnation() {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch forever = new CountDownLatch(1);
    var first = node("kyiv", new TestJobHandler((job, run) -> {
      begun.countDown();
      awaitUninterrupted(forever);
    })).start();
    UUID job = first.jobs.enqueue(new TestJob(1));
    await("it to run", () -> begun.getCount() == 0);
    first.kill();
    database.run(sql -> sql.execute("update node set seen_at = now() - interval '8 s'"));
    try (var second = node("kyiv", new TestJobHandler((testJob, run) -> {})).start()) {
      await("the second incarnation to finish it", () -> state(job).equals("completed"));
      assertThat(text("select outcome || ': ' || error from job_attempt where job_id = ? and attempt = 1", job))
          .isEqualTo("lost: The server kyiv stopped without finishing");
      await("its outcome to be written", second.activeRuns::isEmpty);
    }
    forever.countDown();
  }

  /** Job 13 ends every server that runs it. The other jobs block in the first incarnation of the server. */
  @Test
  void onlyTheJobThatEndsItsServerBecomesDead() {
    CountDownLatch forever = new CountDownLatch(1);
    List<UUID> others = new ArrayList<>();
    UUID cause = null;
    for (int start = 1; start <= 3; start++) {
      CountDownLatch ended = new CountDownLatch(1);
      CountDownLatch begun = new CountDownLatch(start == 1 ? 3 : 0);
      boolean isFirst = start == 1;
      var node = new TestNode("kyiv", database, nats, List.of(new TestJobHandler((job, run) -> {
        if (job.number() == 13) {
          awaitUninterrupted(begun);
          ended.countDown();
          awaitUninterrupted(forever);
        } else if (isFirst) {
          begun.countDown();
          awaitUninterrupted(forever);
        }
      })));
      if (isFirst) {
        cause = node.jobs.enqueue(new TestJob(13));
        for (int i = 1; i <= 3; i++) {
          others.add(node.jobs.enqueue(new TestJob(i)));
        }
      }
      node.start();
      await("the server to be ended after start " + start, () -> ended.getCount() == 0);
      node.kill();
      database.run(sql -> sql.execute("update node set seen_at = now() - interval '8 s'"));
    }
    UUID dead = java.util.Objects.requireNonNull(cause);
    try (var node = node("kyiv", new TestJobHandler((job, run) -> {})).start()) {
      await("the cause to be dead", () -> state(dead).equals("dead"));
      await("the others to be completed", () -> count("completed") == 3);
      assertThat(text("select lost || ' ' || error from job where id = ?", dead))
          .isEqualTo("3 Worker lost 3 times. The server kyiv stopped without finishing");
      others.forEach(job -> assertThat(text("select lost || '' from job where id = ?", job)).isEqualTo("1"));
      assertThat(node.administration.retryAll(new JobFilter(JobState.DEAD, null, null), "Kevin")).isZero();
      await("its outcome to be written", node.activeRuns::isEmpty);
    }
    forever.countDown();
  }

  @Test
  void aWebNodeLeavesJobsToTheWorkers() {
    AtomicInteger done = new AtomicInteger();
    try (var web = new TestNode("web", "web", database, nats, List.of(new TestJobHandler((job, run) -> done.addAndGet(100)))).start()) {
      UUID job = web.jobs.enqueue(new TestJob(1));
      try (var worker = new TestNode("worker", "worker", database, nats,
          List.of(new TestJobHandler((testJob, run) -> done.incrementAndGet()))).start()) {
        await("the worker to do it", () -> state(job).equals("completed"));
      }
    }
    assertThat(done).hasValue(1);
  }

  @Test
  void bulkJobsLeaveASlotToOtherQueues() {
    CountDownLatch release = new CountDownLatch(1);
    AtomicInteger quick = new AtomicInteger();
    try (var node = node("kyiv", new TestJobHandler((job, run) -> {
      if (job.number() == 0) {
        release.await();
      } else {
        quick.incrementAndGet();
      }
    })).start()) {
      for (int i = 0; i < 50; i++) {
        node.jobs.enqueue(new TestJob(0), Jobs.Options.on(Queue.BULK));
      }
      await("bulk to fill its slots", () -> count("running") == 3);
      node.jobs.enqueue(new TestJob(1));
      await("the job of the default queue", () -> quick.get() == 1);
      await("its slot to be free again", () -> count("running") == 3);
      release.countDown();
      await("the rest", () -> count("completed") == 51);
    }
  }

  private static TestNode node(String name, TestJobHandler doing) {
    return new TestNode(name, database, nats, List.of(doing));
  }

  /** Waits longer than the 30 s after which a notification comes again that a node had taken and not acknowledged. */
  private static void await(String what, BooleanSupplier condition) {
    long until = System.nanoTime() + Duration.ofSeconds(45).toNanos();
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

  /** By the database's clock, in the transaction that wrote the failure. */
  private static double secondsToRetry(UUID job) {
    return database.ask(h -> h.createQuery("""
            select extract(epoch from run_at - a.finished_at) from job join job_attempt a on a.job_id = job.id
             where job.id = ? and a.attempt = 1""").bind(0, job)
        .mapTo(Double.class).one());
  }

  private static long count(String state) {
    return database.ask(h -> h.createQuery("select count(*) from job where state = ? and kind = 'test_job'").bind(0, state)
        .mapTo(Long.class).one());
  }
}
