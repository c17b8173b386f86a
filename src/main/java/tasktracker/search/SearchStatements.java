package tasktracker.search;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.data.Database;
import tasktracker.platform.data.StatementTimeout;
import tasktracker.platform.web.Deadline;
import tasktracker.platform.web.LocalizedMessage;
import tasktracker.platform.web.problem.Problem;

/**
 * Runs the SQL statements of a search with the remaining time of the search as statement timeout and with the configured
 * parameters of the vector index.
 */
@ApplicationScoped
class SearchStatements {

  private static final String ITERATIVE_SCAN = ", set_config('hnsw.iterative_scan', 'strict_order', true),"
      + " set_config('ivfflat.iterative_scan', 'relaxed_order', true)";

  private final Database database;
  private final SearchConfig config;
  private volatile @Nullable Boolean supportsIterativeScan;
  /** The deadline of the search that the current thread runs in one transaction. */
  private final ThreadLocal<@Nullable Deadline> current = new ThreadLocal<>();

  @Inject
  SearchStatements(Database database, SearchConfig config) {
    this.database = database;
    this.config = config;
  }

  /** Creates the deadline of a search that starts now: {@code SEARCH_TIMEOUT_MS} from now. */
  Deadline createDeadline() {
    return Deadline.after(Duration.ofMillis(config.timeoutMillis()), LocalizedMessage.of("problem.search.late"));
  }

  /**
   * Runs statements within the remaining time of the enclosing search, or within a new deadline.
   *
   * @throws Problem 503 if the deadline passes
   */
  @Transactional(dontRollbackOn = Problem.class)
  public <T> T ask(Function<Handle, T> work) {
    Deadline deadline = current.get() == null ? createDeadline() : current.get();
    try {
      return database.ask(sql -> {
        prepare(sql, deadline);
        return work.apply(sql);
      });
    } catch (RuntimeException e) {
      throw StatementTimeout.isCauseOf(e) ? deadline.missed() : e;
    }
  }

  /**
   * Runs several statements in one transaction, which saves two round trips for each. They share the time until the
   * deadline.
   *
   * @throws Problem 503 if the deadline passes before they end
   */
  @Transactional(dontRollbackOn = Problem.class)
  public <T> T inTransaction(Deadline deadline, Supplier<T> work) {
    current.set(deadline);
    try {
      return work.get();
    } finally {
      current.remove();
    }
  }

  private void prepare(Handle sql, Deadline deadline) {
    deadline.check();
    sql.createQuery("select set_config('statement_timeout', :timeout, true), set_config('hnsw.ef_search', :effort, true),"
        + " set_config('ivfflat.probes', :probes, true)" + (checkIterativeScan(sql) ? ITERATIVE_SCAN : ""))
        .bind("timeout", StatementTimeout.setting(deadline.remaining()))
        .bind("effort", String.valueOf(config.efSearch()))
        .bind("probes", String.valueOf(config.probes()))
        .mapTo(String.class).one();
  }

  /** Since version 0.8, pgvector continues an index scan if a filter removes results. */
  private boolean checkIterativeScan(Handle sql) {
    Boolean supported = supportsIterativeScan;
    if (supported == null) {
      supported = sql.createQuery("""
              select string_to_array(extversion, '.')::int[] >= array[0, 8] from pg_extension where extname = 'vector'""")
          .mapTo(Boolean.class).one();
      supportsIterativeScan = supported;
    }
    return supported;
  }
}
