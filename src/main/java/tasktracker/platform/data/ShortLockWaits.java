package tasktracker.platform.data;

import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.flywaydb.core.api.callback.BaseCallback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;

/**
 * Lets a migration wait for a lock for 400 ms at most. Nodes of the release before go on writing while it runs; a
 * migration that locks tables in another order than they do gives way before PostgreSQL looks for deadlocks (after 1 s),
 * so that no writer is ever the one that is ended, and nobody queues for long behind a lock that it waits for.
 *
 * <p>It counts inside of a transaction only: {@code create index concurrently} has to wait for all that have begun.
 */
final class ShortLockWaits extends BaseCallback {

  private static final String LOCK_TIMEOUT = "set local lock_timeout = '400ms'";
  /** The lock was not to be had in time; a deadlock was ended. */
  private static final Set<String> STATES = Set.of("55P03", "40P01");

  @Override
  public boolean supports(Event event, Context context) {
    return event == Event.BEFORE_EACH_MIGRATE;
  }

  @Override
  public void handle(Event event, Context context) {
    try {
      if (!context.getConnection().getAutoCommit()) {
        try (var statement = context.getConnection().createStatement()) {
          statement.execute(LOCK_TIMEOUT);
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException("The database does not take " + LOCK_TIMEOUT, e);
    }
  }

  /** Whether a migration failed for want of a lock, so that it may get it the next time. */
  static boolean isCauseOf(Throwable failure) {
    return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
        .anyMatch(cause -> cause instanceof SQLException sql && sql.getSQLState() != null && STATES.contains(sql.getSQLState()));
  }

  /** Between two tries, for half a second on average: writers have their turn. */
  static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(ThreadLocalRandom.current().nextInt(200, 800));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Stopped while waiting for locks of a migration", e);
    }
  }
}
