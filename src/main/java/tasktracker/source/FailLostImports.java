package tasktracker.source;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Inject;
import java.time.ZoneOffset;
import tasktracker.platform.job.ApplicationStarted;
import tasktracker.platform.job.Job;
import tasktracker.platform.job.JobHandler;
import tasktracker.platform.job.JobRun;
import tasktracker.platform.job.Kind;
import tasktracker.platform.job.Schedules;
import tasktracker.platform.web.LocalizedMessage;

/** Mark imports whose job is dead as failed. */
@Kind("fail_lost_imports_task")
public record FailLostImports() implements Job {

  /**
   * Runs each minute on one node of the cluster and fails imports whose job is dead. A job that ends by itself fails its
   * import with the reason; a job that timed out or whose worker was lost several times cannot.
   */
  @ApplicationScoped
  public static class Handler implements JobHandler<FailLostImports> {

    private final Imports imports;
    private final ImportStore store;
    private final Schedules schedules;

    @Inject
    public Handler(Imports imports, ImportStore store, Schedules schedules) {
      this.imports = imports;
      this.store = store;
      this.schedules = schedules;
    }

    void on(@ObservesAsync ApplicationStarted event) {
      schedules.put("fail-lost-imports", "* * * * *", ZoneOffset.UTC, new FailLostImports());
    }

    @Override
    public Class<FailLostImports> kind() {
      return FailLostImports.class;
    }

    @Override
    public int attempts() {
      return 1; // the next minute is the next attempt
    }

    @Override
    public int concurrency() {
      return 1;
    }

    @Override
    public void perform(FailLostImports job, JobRun run) {
      store.listAbandoned().forEach(a -> imports.failIfJobIsDead(a.id(), a.jobId(), reason(a)));
    }

    private static LocalizedMessage reason(ImportStore.Abandoned abandoned) {
      return abandoned.isLost() ? LocalizedMessage.of("problem.import.lost") : LocalizedMessage.of("problem.import.dead");
    }
  }
}
