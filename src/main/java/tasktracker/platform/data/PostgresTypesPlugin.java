package tasktracker.platform.data;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.postgres.PostgresPlugin;

/**
 * Jdbi's PostgreSQL types without the plugin's setup of each connection: its large-object API, which is not used, costs a
 * catalogue query for each handle, because Liberty wraps the connection anew each time.
 */
final class PostgresTypesPlugin extends PostgresPlugin {
  @Override
  public Handle customizeHandle(Handle handle) {
    return handle;
  }
}
