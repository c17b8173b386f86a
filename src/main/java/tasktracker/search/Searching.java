package tasktracker.search;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.sql.SQLException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.data.Database;
import tasktracker.platform.web.Problem;
import tasktracker.platform.web.Saying;

/** Runs the statements of a search: with a time limit, and with the index of neighbours set to walk widely enough. */
@ApplicationScoped
class Searching {

  private static final String TOO_LATE = "57014";
  private static final String WALK_ON = ", set_config('hnsw.iterative_scan', 'strict_order', true),"
      + " set_config('ivfflat.iterative_scan', 'relaxed_order', true)";

  private @Nullable Database database;
  private @Nullable Limits limits;
  private volatile @Nullable Boolean walksOn;

  protected Searching() {}

  @Inject
  Searching(Database database, Limits limits) {
    this.database = database;
    this.limits = limits;
  }

  /**
   * @throws Problem 503 when it takes too long
   */
  @Transactional(dontRollbackOn = Problem.class)
  public <T> T ask(Function<Handle, T> work) {
    try {
      return database.ask(sql -> {
        prepare(sql);
        return work.apply(sql);
      });
    } catch (RuntimeException e) {
      throw isTooLate(e) ? Problem.unavailable(Saying.of("problem.search.late")) : e;
    }
  }

  /** Runs several statements on one connection and in one transaction: each alone would cost two more round trips. */
  @Transactional(dontRollbackOn = Problem.class)
  public <T> T together(Supplier<T> work) {
    return work.get();
  }

  private void prepare(Handle sql) {
    sql.createQuery("select set_config('statement_timeout', :timeout, true), set_config('hnsw.ef_search', :effort, true),"
            + " set_config('ivfflat.probes', :probes, true)" + (walksOn(sql) ? WALK_ON : ""))
        .bind("timeout", String.valueOf(limits.milliseconds())).bind("effort", String.valueOf(limits.effort()))
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
