package tasktracker.platform.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tasktracker.platform.data.Database;
import tasktracker.platform.data.NatsConnection;
import tasktracker.platform.data.TestDatabase;
import tasktracker.platform.data.TestNats;
import tasktracker.platform.job.admin.JobFilter;
import tasktracker.platform.job.admin.JobList;
import tasktracker.platform.job.admin.JobRow;
import tasktracker.platform.job.run.Claim;
import tasktracker.platform.job.run.JobOutcome;
import tasktracker.platform.job.run.Leases;
import tasktracker.platform.job.run.JobTableMaintenance;
import tasktracker.platform.job.run.TestNode;

/** The job table by itself: no worker runs. */
class JobStoreIT {

  private static final Leases.Capacity CAPACITY = new Leases.Capacity(new String[]{"test_job"}, new Integer[]{100});
  private static TestDatabase schema;
  private static Database database;
  private static NatsConnection nats;
  private TestNode kyiv;
  private TestNode lviv;

  @BeforeAll
  static void migrate() {
    schema = TestDatabase.create();
    database = schema.database();
    nats = TestNats.connect();
  }

  @AfterAll
  static void drop() throws InterruptedException {
    TestNats.close(nats);
    schema.close();
  }

  @BeforeEach
  void empty() {
    database.run(sql -> sql.execute("truncate job, node, schedule cascade"));
    kyiv = new TestNode("kyiv", database, nats, List.of(new TestJobHandler((job, run) -> {})));
    lviv = new TestNode("lviv", database, nats, List.of(new TestJobHandler((job, run) -> {})));
  }

  @Test
  void twoNodesNeverClaimTheSameJob() throws Exception {
    List<UUID> jobs = IntStream.range(0, 100).mapToObj(i -> kyiv.jobs.enqueue(new TestJob(i))).toList();
    try (var threads = Executors.newFixedThreadPool(8)) {
      List<Callable<List<Claim>>> races = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        races.add(() -> kyiv.leases.claim(jobs, "kyiv", CAPACITY));
        races.add(() -> lviv.leases.claimDue(Queue.DEFAULT, "lviv", CAPACITY));
      }
      List<UUID> claimed = new ArrayList<>();
      for (var race : threads.invokeAll(races)) {
        race.get().forEach(claim -> claimed.add(claim.id()));
      }
      assertThat(claimed).containsExactlyInAnyOrderElementsOf(jobs);
    }
  }

  @Test
  void onlyDueJobsWithinTheCapacityAreClaimed() {
    IntStream.range(0, 5).forEach(i -> kyiv.jobs.enqueue(new TestJob(i)));
    kyiv.jobs.enqueue(new TestJob(9), Jobs.Options.DEFAULT.after(Duration.ofHours(1)));
    var little = new Leases.Capacity(new String[]{"test_job", "other"}, new Integer[]{3, 7});
    assertThat(kyiv.leases.claimDue(Queue.DEFAULT, "kyiv", little)).hasSize(3);
    assertThat(kyiv.leases.claimDue(Queue.BULK, "kyiv", CAPACITY)).isEmpty();
    assertThat(kyiv.leases.claimDue(Queue.DEFAULT, "kyiv", CAPACITY)).hasSize(2);
    assertThat(kyiv.leases.claimDue(Queue.DEFAULT, "kyiv", CAPACITY)).isEmpty();
  }

  @Test
  void aNodeThatLostItsLeaseChangesNothing() {
    UUID job = kyiv.jobs.enqueue(new TestJob(1));
    Claim first = kyiv.leases.claim(List.of(job), "kyiv", CAPACITY).getFirst();
    assertThat(lviv.jobTable.recoverExpired()).isEmpty();
    expireLeases();
    assertThat(lviv.jobTable.recoverExpired()).singleElement().satisfies(lost -> assertThat(lost.state()).isEqualTo(JobState.RETRYABLE));
    Claim second = lviv.leases.claimSuspect("lviv", Map.of(Queue.DEFAULT, CAPACITY)).getFirst();
    assertThat(second.attempt()).isEqualTo(2);
    assertThat(kyiv.leases.finish(first, JobOutcome.cancelled())).isEmpty();
    assertThat(kyiv.leases.extend(List.of(job), List.of(1))).containsExactly(new Leases.LeaseStatus(job, false, false));
    assertThat(lviv.leases.extend(List.of(job), List.of(2))).containsExactly(new Leases.LeaseStatus(job, true, false));
  }

  @Test
  void aJobThatHasLostThreeWorkersIsDeadUnlessItMadeProgress() {
    UUID stuck = kyiv.jobs.enqueue(new TestJob(1));
    UUID slow = kyiv.jobs.enqueue(new TestJob(2));
    for (int attempt = 1; attempt <= 7; attempt++) {
      kyiv.leases.claim(List.of(slow), "kyiv", CAPACITY)
          .forEach(claim -> kyiv.leases.progress(claim, new Leases.Progress(claim.attempt() * 100L, 10_000, "batch")));
      loseWorkerOf(stuck);
    }
    assertThat(find(stuck)).satisfies(job -> {
      assertThat(job.state()).isEqualTo(JobState.DEAD);
      assertThat(job.attempt()).isEqualTo(3);
      assertThat(job.isWorkerLost()).isTrue();
      assertThat(job.error()).isEqualTo("Worker lost 3 times. The server kyiv stopped without finishing");
    });
    assertThat(find(slow)).satisfies(job -> {
      assertThat(job.state()).isEqualTo(JobState.RETRYABLE);
      assertThat(job.lost()).isZero();
    });
    assertThat(kyiv.list.attempts(stuck)).hasSize(3).allSatisfy(a -> assertThat(a.outcome()).isEqualTo("lost"));
  }

  @Test
  void aLostWorkerUsesUpNoAttempt() {
    UUID job = kyiv.jobs.enqueue(new TestJob(1));
    loseWorkerOf(job);
    assertThat(find(job)).satisfies(row -> {
      assertThat(row.lost()).isEqualTo(1);
      assertThat(row.maxAttempts() - row.attempt()).isEqualTo(5);
    });
  }

  @Test
  void aJobThatLostThreeWorkersIsOnlyRetriedByItself() {
    UUID cause = kyiv.jobs.enqueue(new TestJob(1));
    IntStream.range(0, 3).forEach(i -> loseWorkerOf(cause));
    UUID other = kyiv.jobs.enqueue(new TestJob(2));
    die();
    var dead = new JobFilter(JobState.DEAD, null, null);
    assertThat(kyiv.list.countRetryable(dead)).isEqualTo(1);
    assertThat(kyiv.list.countWorkerLost(dead)).isEqualTo(1);
    assertThat(kyiv.administration.retryAll(dead, "Kevin")).isEqualTo(1);
    assertThat(find(cause).state()).isEqualTo(JobState.DEAD);
    assertThat(find(other).state()).isEqualTo(JobState.QUEUED);
    assertThat(kyiv.administration.retry(cause, "Kevin")).isTrue();
    loseWorkerOf(cause);
    assertThat(find(cause).isWorkerLost()).isTrue();
    assertThat(kyiv.administration.retryAll(dead, "Kevin")).isZero();
  }

  @Test
  void jobsThatLostAWorkerAreClaimedOneAtATime() {
    List<UUID> suspects = IntStream.range(0, 3).mapToObj(i -> kyiv.jobs.enqueue(new TestJob(i))).toList();
    kyiv.leases.claim(suspects, "kyiv", CAPACITY);
    expireLeases();
    kyiv.jobTable.recoverExpired();
    UUID other = kyiv.jobs.enqueue(new TestJob(9));
    assertThat(kyiv.jobTable.claimNotifications()).as("notifications of jobs that are claimed without one").isEmpty();
    assertThat(kyiv.leases.claim(suspects, "kyiv", CAPACITY)).isEmpty();
    assertThat(kyiv.leases.claimDue(Queue.DEFAULT, "kyiv", CAPACITY)).extracting(Claim::id).containsExactly(other);
    assertThat(kyiv.leases.claimSuspect("kyiv", Map.of(Queue.BULK, CAPACITY))).as("of another queue").isEmpty();
    assertThat(kyiv.leases.claimSuspect("kyiv", Map.of(Queue.DEFAULT, CAPACITY))).singleElement().satisfies(claim -> {
      assertThat(suspects).contains(claim.id());
      assertThat(claim.isSuspect()).isTrue();
    });
  }

  @Test
  void deadJobsAreRetriedIndividuallyOrByAFilter() {
    List<UUID> dead = IntStream.range(0, 5).mapToObj(i -> kyiv.jobs.enqueue(new TestJob(i))).toList();
    die();
    assertThat(kyiv.administration.retry(dead.getFirst(), "Kevin")).isTrue();
    assertThat(kyiv.administration.retry(dead.getFirst(), "Kevin")).isFalse();
    assertThat(find(dead.getFirst())).satisfies(job -> {
      assertThat(job.state()).isEqualTo(JobState.QUEUED);
      assertThat(job.maxAttempts()).isEqualTo(6);
      assertThat(job.decidedBy()).isEqualTo("Kevin");
      assertThat(job.decidedAt()).isNotNull();
    });
    assertThat(kyiv.administration.retryAll(new JobFilter(JobState.DEAD, "other", null), "Kevin")).isZero();
    assertThat(kyiv.administration.retryAll(new JobFilter(JobState.DEAD, "test_job", "default"), "Kevin")).isEqualTo(4);
    assertThatThrownBy(() -> kyiv.administration.retryAll(new JobFilter(JobState.RUNNING, null, null), "Kevin"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void onlyTheNewestDeadJobOfAUniqueKeyIsRetried() {
    for (int i = 0; i < 3; i++) {
      kyiv.jobs.enqueue(new TestJob(i), Jobs.Options.once("rescore"));
      die();
    }
    assertThat(kyiv.administration.retryAll(new JobFilter(JobState.DEAD, null, null), "Kevin")).isEqualTo(1);
    UUID twin = kyiv.list.list(new JobFilter(JobState.DEAD, null, null), null, 10).getFirst().id();
    assertThat(kyiv.administration.retry(twin, "Kevin")).isFalse();
  }

  @Test
  void aRequestToCancelIsReadByHeartbeatAndProgress() {
    UUID job = kyiv.jobs.enqueue(new TestJob(1));
    Claim claim = kyiv.leases.claim(List.of(job), "kyiv", CAPACITY).getFirst();
    assertThat(kyiv.leases.progress(claim, new Leases.Progress(1, 2, ""))).isFalse();
    assertThat(lviv.administration.cancel(job, "Kevin")).contains(JobState.RUNNING);
    assertThat(kyiv.leases.extend(List.of(job), List.of(1))).containsExactly(new Leases.LeaseStatus(job, true, true));
    assertThat(kyiv.leases.progress(claim, new Leases.Progress(2, 2, ""))).isTrue();
  }

  @Test
  void aCancelledJobThatFailsIsNotRetried() {
    UUID job = kyiv.jobs.enqueue(new TestJob(1));
    Claim claim = kyiv.leases.claim(List.of(job), "kyiv", CAPACITY).getFirst();
    lviv.administration.cancel(job, "Kevin");
    assertThat(kyiv.leases.finish(claim, JobOutcome.failed("interrupted", Duration.ofSeconds(2)))).contains(JobState.CANCELLED);
  }

  @Test
  void dueJobsAreNotifiedOnceAndAgainAfterAReset() {
    UUID now = kyiv.jobs.enqueue(new TestJob(1));
    UUID soon = kyiv.jobs.enqueue(new TestJob(2), Jobs.Options.DEFAULT.after(Duration.ofMinutes(1)));
    kyiv.jobs.enqueue(new TestJob(3), Jobs.Options.DEFAULT.after(Duration.ofHours(1)));
    database.run(sql -> sql.execute("update job set run_at = now() where id = ?", soon));
    assertThat(kyiv.jobTable.claimNotifications()).extracting(JobTableMaintenance.Notification::id).containsExactly(soon);
    assertThat(lviv.jobTable.claimNotifications()).isEmpty();
    assertThat(kyiv.jobTable.resetNotifications()).isEqualTo(2);
    assertThat(kyiv.jobTable.claimNotifications()).extracting(JobTableMaintenance.Notification::id).containsExactlyInAnyOrder(now, soon);
  }

  @Test
  void aScheduledJobIsEnqueuedOnceInTheCluster() throws Exception {
    kyiv.schedules.put("errand", "0 9 * * *", ZoneOffset.UTC, new TestJob(7));
    kyiv.schedules.enqueueDue();
    assertThat(kyiv.jobStore.counts().queued()).isZero();
    database.run(sql -> sql.execute("update schedule set next_at = now() - interval '3 days'"));
    try (var threads = Executors.newFixedThreadPool(8)) {
      threads.invokeAll(IntStream.range(0, 8)
          .mapToObj(i -> Executors.callable(i % 2 == 0 ? kyiv.schedules::enqueueDue : lviv.schedules::enqueueDue)).toList());
    }
    assertThat(kyiv.jobStore.counts().queued()).isEqualTo(1);
    assertThat(kyiv.schedules.all()).singleElement().satisfies(s -> {
      assertThat(s.nextAt()).isAfter(Instant.now());
      assertThat(s.lastAt()).isNotNull();
    });
  }

  @Test
  void cronTimesFollowDaylightSavingTime() {
    ZoneId zone = ZoneId.of("Europe/Kyiv");
    assertThat(Schedules.next("0 9 * * 1-5", zone, Instant.parse("2026-01-02T10:00:00Z"))).isEqualTo("2026-01-05T07:00:00Z");
    assertThat(Schedules.next("0 9 * * *", zone, Instant.parse("2026-07-02T10:00:00Z"))).isEqualTo("2026-07-03T06:00:00Z");
    assertThat(Schedules.next("*/6 * * * *", zone, Instant.parse("2026-07-02T10:01:00Z"))).isEqualTo("2026-07-02T10:06:00Z");
    assertThatThrownBy(() -> Schedules.next("0 9 * *", zone, Instant.now())).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void onlyOldFinishedJobsArePrunedInBatches() {
    IntStream.range(0, 25).forEach(i -> kyiv.jobs.enqueue(new TestJob(i)));
    UUID waiting = kyiv.jobs.enqueue(new TestJob(99), Jobs.Options.DEFAULT.after(Duration.ofHours(1)));
    database.run(sql -> sql.execute("update job set state = 'completed', finished_at = now() - interval '4 days' where run_at <= now()"));
    UUID recent = kyiv.jobs.enqueue(new TestJob(100));
    database.run(sql -> sql.execute("update job set state = 'completed', finished_at = now() where state = 'queued' and run_at <= now()"));
    assertThat(Stream.generate(() -> kyiv.jobTable.prune(List.of(JobState.COMPLETED), Duration.ofDays(3), 10)).limit(4))
        .containsExactly(10, 10, 5, 0);
    assertThat(kyiv.list.list(JobFilter.ALL, null, 10)).extracting(JobRow::id).containsExactly(recent, waiting);
  }

  @Test
  void theListIsPagedAndFiltered() {
    List<UUID> jobs = IntStream.range(0, 7)
        .mapToObj(i -> kyiv.jobs.enqueue(new TestJob(i), Jobs.Options.on(i % 2 == 0 ? Queue.BULK : Queue.DEFAULT))).toList();
    List<JobRow> first = kyiv.list.list(JobFilter.ALL, null, 3);
    assertThat(first).extracting(JobRow::id).containsExactly(jobs.get(6), jobs.get(5), jobs.get(4));
    assertThat(kyiv.list.list(JobFilter.ALL, first.getLast().id(), 3)).extracting(JobRow::id).containsExactly(jobs.get(3), jobs.get(2),
        jobs.get(1));
    assertThat(kyiv.list.count(new JobFilter(JobState.QUEUED, "test_job", "bulk"))).isEqualTo(4);
    assertThat(kyiv.list.list(new JobFilter(JobState.DEAD, null, null), null, 3)).isEmpty();
    assertThat(kyiv.list.queues()).extracting(JobList.QueueStatus::queue, JobList.QueueStatus::queued)
        .containsExactly(org.assertj.core.groups.Tuple.tuple("interactive", 0L), org.assertj.core.groups.Tuple.tuple("default", 3L),
            org.assertj.core.groups.Tuple.tuple("bulk", 4L));
    assertThat(kyiv.jobStore.counts()).isEqualTo(new JobStore.Counts(7, 0, 0, 0, 0));
  }

  /** The server ends while it runs that job. */
  private void loseWorkerOf(UUID job) {
    database.run(sql -> sql.execute("""
        update job set state = 'running', attempt = attempt + 1, node = 'kyiv', started_at = now(), lease_until = now() - interval '1 s'
         where id = ? and state in ('queued', 'retryable')""", job));
    expireLeases();
    kyiv.jobTable.recoverExpired();
  }

  private JobRow find(UUID job) {
    return kyiv.list.find(job).orElseThrow();
  }

  private static void expireLeases() {
    database.run(sql -> sql.execute("update job set lease_until = now() - interval '1 s' where state = 'running'"));
  }

  private static void die() {
    database.run(sql -> sql.execute(
        "update job set state = 'dead', attempt = 1, finished_at = now(), error = 'poison' where state = 'queued'"));
  }
}
