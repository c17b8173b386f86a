package tasktracker.scoring;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.data.Database;
import tasktracker.platform.job.JobState;

/** What is still to be scored, and the job that works through it. */
@ApplicationScoped
public class ScoringBacklog {

  /** The job at work; done and total are 0 while it waits for its turn. */
  public record Running(String state, long done, long total) {}

  private @Nullable Database database;
  private @Nullable ScoreStore store;

  protected ScoringBacklog() {}

  @Inject
  public ScoringBacklog(Database database, ScoreStore store) {
    this.database = database;
    this.store = store;
  }

  /** How many messages have no score. */
  public long unscored() {
    return store.unscored();
  }

  /** The job that works through them, if one lives. */
  public Optional<Running> running() {
    return database.ask(sql -> sql.createQuery("""
            select state, coalesce(progress_done, 0) as done, coalesce(progress_total, 0) as total from job
             where unique_key = :key and state in <unfinished>""")
        .define("unfinished", JobState.UNFINISHED_SQL).bind("key", Scoring.BACKLOG).map(Database.to(Running.class)).findOne());
  }
}
