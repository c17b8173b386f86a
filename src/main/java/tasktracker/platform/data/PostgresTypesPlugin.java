package tasktracker.platform.data;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.postgres.PostgresPlugin;

/**
 * Jdbi's types of PostgreSQL, without what it prepares on each connection that is lent: its large objects, which nothing
 * here uses, cost a query of the catalog every time, because Liberty hands out a new interface to them at each call.
 */
final class PostgresTypesPlugin extends PostgresPlugin {
  @Override
  public Handle customizeHandle(Handle handle) {
    return handle;
  }
}
