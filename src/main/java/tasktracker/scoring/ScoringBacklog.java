package tasktracker.scoring;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import tasktracker.platform.data.Database;
import tasktracker.platform.job.JobState;

/** The messages without a score and the job that scores them. */
@ApplicationScoped
public class ScoringBacklog {

  /** An active job; {@code done} and {@code total} are 0 while it is queued. */
  public record RunningJob(String state, long done, long total) {}

  private final Database database;
  private final ScoreStore store;

  @Inject
  public ScoringBacklog(Database database, ScoreStore store) {
    this.database = database;
    this.store = store;
  }

  /** The number of messages without a score. */
  public long countUnscored() {
    return store.countUnscored();
  }

  /** The active job that scores the backlog, if there is one. */
  public Optional<RunningJob> findRunningJob() {
    return database.ask(sql -> sql.createQuery("""
            select state, coalesce(progress_done, 0) as done, coalesce(progress_total, 0) as total from job
             where unique_key = :key and state in <unfinished>""")
        .define("unfinished", JobState.UNFINISHED_SQL).bind("key", Scoring.BACKLOG_KEY).map(Database.to(RunningJob.class)).findOne());
  }
}
