package tasktracker.search;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.data.Database;
import tasktracker.platform.web.Deadline;
import tasktracker.platform.web.Problem;
import tasktracker.platform.web.LocalizedMessage;

/**
 * Runs the statements of a search: within what is left of the time of the whole search, and with the index of
 * neighbours set to walk widely enough.
 */
@ApplicationScoped
class SearchStatements {

  private static final String TOO_LATE = "57014";
  private static final String WALK_ON = ", set_config('hnsw.iterative_scan', 'strict_order', true),"
      + " set_config('ivfflat.iterative_scan', 'relaxed_order', true)";

  private @Nullable Database database;
  private @Nullable SearchConfig limits;
  private volatile @Nullable Boolean walksOn;
  /** Of the search that this thread runs in one transaction. */
  private final ThreadLocal<@Nullable Deadline> current = new ThreadLocal<>();

  protected SearchStatements() {}

  @Inject
  SearchStatements(Database database, SearchConfig limits) {
    this.database = database;
    this.limits = limits;
  }

  /** The moment by which a search that begins now must have been answered: {@code SEARCH_TIMEOUT_MS} from now. */
  Deadline deadline() {
    return Deadline.after(Duration.ofMillis(limits.milliseconds()), LocalizedMessage.of("problem.search.late"));
  }

  /**
   * Runs statements within what is left of the time of the search around it, or of one of its own.
   *
   * @throws Problem 503 when it takes too long
   */
  @Transactional(dontRollbackOn = Problem.class)
  public <T> T ask(Function<Handle, T> work) {
    Deadline deadline = current.get() == null ? deadline() : current.get();
    try {
      return database.ask(sql -> {
        prepare(sql, deadline);
        return work.apply(sql);
      });
    } catch (RuntimeException e) {
      throw isTooLate(e) ? deadline.missed() : e;
    }
  }

  /**
   * Runs several statements on one connection and in one transaction: each alone would cost two more round trips. All
   * of them together have the time until the deadline.
   *
   * @throws Problem 503 when it takes longer
   */
  @Transactional(dontRollbackOn = Problem.class)
  public <T> T together(Deadline deadline, Supplier<T> work) {
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
            + " set_config('ivfflat.probes', :probes, true)" + (walksOn(sql) ? WALK_ON : ""))
        .bind("timeout", String.valueOf(1 + deadline.remaining().toMillis())) // 0 would be no limit
        .bind("effort", String.valueOf(limits.effort()))
        .bind("probes", String.valueOf(limits.probes()))
        .mapTo(String.class).one();
  }

  /** From 0.8 on pgvector can go on looking when a filter takes away what it found first. */
  private boolean walksOn(Handle sql) {
    Boolean known = walksOn;
    if (known == null) {
      known = sql.createQuery("""
              select string_to_array(extversion, '.')::int[] >= array[0, 8] from pg_extension where extname = 'vector'""")
          .mapTo(Boolean.class).one();
      walksOn = known;
    }
    return known;
  }

  private static boolean isTooLate(Throwable failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof SQLException sql && TOO_LATE.equals(sql.getSQLState())) {
        return true;
      }
    }
    return false;
  }
}
