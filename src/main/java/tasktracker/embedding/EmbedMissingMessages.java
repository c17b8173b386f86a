package tasktracker.embedding;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import tasktracker.platform.job.ApplicationStarted;
import tasktracker.platform.job.BackgroundHandler;
import tasktracker.platform.job.Job;
import tasktracker.platform.job.JobRun;
import tasktracker.platform.job.Jobs;
import tasktracker.platform.job.Kind;
import tasktracker.platform.job.Schedules;

/** Job: compute the vectors of all messages without one of the current model, for example after a change of the model. */
@Kind("embed_missing_messages_task")
public record EmbedMissingMessages() implements Job {

  /**
   * Computes the missing vectors of the configured model in the background, while the previous model is still used for
   * searches; then activates the configured model.
   */
  @ApplicationScoped
  public static class Handler implements BackgroundHandler<EmbedMissingMessages> {

    private static final UUID LOWEST_ID = new UUID(0, 0);

    private final Embeddings embeddings;
    private final Jobs jobs;
    private final Schedules schedules;

    @Inject
    public Handler(Embeddings embeddings, Jobs jobs, Schedules schedules) {
      this.embeddings = embeddings;
      this.jobs = jobs;
      this.schedules = schedules;
    }

    /** Runs at every start and every hour, also for messages whose own job is dead. */
    void on(@ObservesAsync ApplicationStarted event) {
      schedules.put("embed-missing", "17 * * * *", ZoneOffset.UTC, new EmbedMissingMessages());
      if (embeddings.isBehind()) {
        jobs.enqueue(new EmbedMissingMessages(), Jobs.Options.once("embed-missing"));
      }
    }

    @Override
    public Class<EmbedMissingMessages> kind() {
      return EmbedMissingMessages.class;
    }

    @Override
    public Duration timeout() {
      return Duration.ofHours(24);
    }

    @Override
    public void perform(EmbedMissingMessages job, JobRun run) {
      if (!embeddings.isBehind()) {
        return;
      }
      long all = embeddings.counts().toEmbed();
      long done = 0;
      for (List<UUID> batch = nextBatch(LOWEST_ID); !batch.isEmpty(); batch = nextBatch(batch.getLast())) {
        if (run.stopRequested()) {
          return;
        }
        embeddings.embed(batch);
        done += batch.size();
        run.progress(done, Math.max(all, done), "");
      }
      if (!embeddings.canActivate()) {
        throw new IllegalStateException("More than half of the messages could not be embedded; the previous model stays active");
      }
      embeddings.activate();
    }

    private List<UUID> nextBatch(UUID last) {
      return embeddings.findMissing(last, EmbedMessages.BATCH);
    }
  }
}
