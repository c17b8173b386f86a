package tasktracker.platform.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.inject.Inject;
import jakarta.transaction.UserTransaction;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;
import tasktracker.harness.container.TestDeployment;
import tasktracker.platform.data.Database;
import tasktracker.platform.job.admin.JobList;
import tasktracker.platform.job.admin.JobRow;
import tasktracker.platform.job.run.ActiveRun;
import tasktracker.platform.job.run.Claim;
import tasktracker.platform.job.run.Leases;
import tasktracker.platform.job.run.ProgressReporter;

/** The job engine with the transactions of the container. */
@ExtendWith(ArquillianExtension.class)
@ResourceLock("the container")
class JobsInContainerIT {

  private static final Duration LATER = Duration.ofHours(1);

  @Inject Jobs jobs;

  @Inject JobList list;

  @Inject Leases leases;

  @Inject ProgressReporter progress;

  @Inject JobKinds kinds;

  @Inject Database database;

  @Inject UserTransaction transaction;

  @Deployment
  static WebArchive product() {
    return TestDeployment.with(JobsInContainerIT.class);
  }

  @Test
  void everyJobOfTheProductIsFoundAndHasItsHandler() {
    assertThat(DeclaredJobs.find()).contains(ProcessMessage.class, PruneJobs.class);
    kinds.check(DeclaredJobs.find());
  }

  @Test
  void anEnqueuedJobRunsAfterItsCommit() throws Exception {
    transaction.begin();
    UUID job = jobs.enqueue(new ProcessMessage("Olena"));
    transaction.commit();
    long until = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (find(job).state() != JobState.COMPLETED) {
      assertThat(System.nanoTime()).isLessThan(until);
      java.util.concurrent.locks.LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
    assertThat(find(job).progressNote()).isEqualTo("Processed: Olena");
  }

  @Test
  void aJobIsRolledBackWithItsTransaction() throws Exception {
    transaction.begin();
    UUID job = jobs.enqueue(new ProcessMessage("never mind"));
    assertThat(list.find(job)).isPresent();
    transaction.rollback();
    assertThat(list.find(job)).isEmpty();
  }

  @Test
  void aUniqueKeyHoldsWithinATransaction() throws Exception {
    var once = Jobs.Options.once("test " + UUID.randomUUID()).after(LATER);
    transaction.begin();
    UUID job = jobs.enqueue(new ProcessMessage("once"), once);
    assertThat(List.of(jobs.enqueue(new ProcessMessage("once"), once), jobs.enqueue(new ProcessMessage("once"), once))).containsOnly(job);
    transaction.commit();
    assertThat(jobs.enqueue(new ProcessMessage("once"), once)).isEqualTo(job);
    jobs.cancel(job);
    assertThat(find(job).state()).isEqualTo(JobState.CANCELLED);
  }

  @Test
  void aJobIsCompletedByTheTransactionOfItsLastEffect() throws Exception {
    ActiveRun run = claimed();
    transaction.begin();
    run.complete();
    transaction.rollback();
    assertThat(find(run.jobId()).state()).isEqualTo(JobState.RUNNING);
    transaction.begin();
    run.complete();
    transaction.commit();
    assertThat(find(run.jobId()).state()).isEqualTo(JobState.COMPLETED);
  }

  @Test
  void anAttemptWithoutItsLeaseCannotCompleteTheJob() throws Exception {
    ActiveRun run = claimed();
    database.run(sql -> sql.execute("update job set attempt = attempt + 1 where id = ?", run.jobId()));
    transaction.begin();
    assertThatThrownBy(run::complete).hasMessageContaining("given to another node");
    transaction.rollback();
    database.run(sql -> sql.execute("delete from job where id = ?", run.jobId()));
  }

  @Test
  void progressIsVisibleBeforeTheTransactionEnds() throws Exception {
    ActiveRun run = claimed();
    transaction.begin();
    run.progress(3, 9, "halfway");
    transaction.rollback();
    assertThat(find(run.jobId()).progressDone()).isEqualTo(3);
    leases.complete(List.of(run));
  }

  /** A job that this test holds instead of a worker: it is due in an hour and marked as running. */
  private ActiveRun claimed() {
    UUID job = jobs.enqueue(new ProcessMessage("mine"), Jobs.Options.DEFAULT.after(LATER));
    database.run(sql -> sql.execute("""
        update job set state = 'running', attempt = 1, node = 'test', started_at = now(), lease_until = now() + interval '60 s'
         where id = ?""", job));
    var claim = new Claim(job, "process_message", "interactive", "{\"text\":\"mine\"}", 1, 5, null, 0);
    return new ActiveRun(claim, kinds.of("process_message"), progress);
  }

  private JobRow find(UUID job) {
    return list.find(job).orElseThrow();
  }
}
