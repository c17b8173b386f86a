package tasktracker.embedding;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import tasktracker.platform.job.ApplicationStarted;
import tasktracker.platform.job.BackgroundHandler;
import tasktracker.platform.job.Job;
import tasktracker.platform.job.JobRun;
import tasktracker.platform.job.Jobs;
import tasktracker.platform.job.Kind;
import tasktracker.platform.job.Schedules;

/** Job: rebuild the vector indexes that differ from the settings. */
@Kind("rebuild_vector_index_task")
public record RebuildVectorIndex() implements Job {

  /** Rebuilds vector indexes that differ from the settings, or whose parameters no longer fit the number of messages. */
  @ApplicationScoped
  public static class Handler implements BackgroundHandler<RebuildVectorIndex> {

    private final VectorIndexes indexes;
    private final Jobs jobs;
    private final Schedules schedules;

    @Inject
    public Handler(VectorIndexes indexes, Jobs jobs, Schedules schedules) {
      this.indexes = indexes;
      this.jobs = jobs;
      this.schedules = schedules;
    }

    void on(@ObservesAsync ApplicationStarted event) {
      schedules.put("rebuild-vector-index", "47 * * * *", ZoneOffset.UTC, new RebuildVectorIndex());
      if (!unwanted().isEmpty()) {
        jobs.enqueue(new RebuildVectorIndex(), Jobs.Options.once("rebuild-vector-index"));
      }
    }

    @Override
    public Class<RebuildVectorIndex> kind() {
      return RebuildVectorIndex.class;
    }

    @Override
    public Duration timeout() {
      return Duration.ofHours(12);
    }

    @Override
    public void perform(RebuildVectorIndex job, JobRun run) {
      List<VectorIndexes.Status> unwanted = unwanted();
      for (int done = 0; done < unwanted.size() && !run.stopRequested(); done++) {
        VectorIndexes.Status of = unwanted.get(done);
        run.progress(done, unwanted.size(), of.model().name() + ": " + of.wanted());
        indexes.rebuild(of.model());
      }
    }

    private List<VectorIndexes.Status> unwanted() {
      return indexes.status().stream().filter(of -> !of.isWanted()).toList();
    }
  }
}
