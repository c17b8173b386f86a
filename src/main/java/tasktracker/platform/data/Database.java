package tasktracker.platform.data;

import io.opentelemetry.api.OpenTelemetry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.transaction.CMTTransactionHandler;
import org.jdbi.v3.opentelemetry.JdbiOpenTelemetryPlugin;

/**
 * Plain SQL for sets of rows: lists, searches, the job table, bulk writes.
 *
 * <p>A call joins the caller's transaction ({@code @Transactional}), together with the entity manager; without a
 * transaction it runs in one of its own. Entities that were changed in the same transaction must be flushed before SQL
 * reads their rows.
 */
@ApplicationScoped
public class Database {

  private final Jdbi jdbi;

  /** A database whose statements are not traced. */
  public Database(DataSource dataSource) {
    this(dataSource, OpenTelemetry.noop());
  }

  /** @param telemetry gets a span of each statement: its SQL and the number of rows, but no parameters */
  @Inject
  public Database(DataSource dataSource, OpenTelemetry telemetry) {
    this.jdbi = Jdbi.create(dataSource).installPlugin(new PostgresTypesPlugin());
    jdbi.setTransactionHandler(new CMTTransactionHandler());
    if (telemetry != OpenTelemetry.noop()) {
      jdbi.getConfig(SqlStatements.class).setIncludeBindingsInTelemetry(false);
      jdbi.installPlugin(new JdbiOpenTelemetryPlugin(telemetry));
    }
  }

  // Always in a transaction: without one the server keeps the connection with a managed thread for as long as the thread
  // lives, and a thread that then starts a transaction takes a second one, which can exhaust the pool.

  /** Runs the work on one connection and returns its result. */
  @Transactional
  public <T> T ask(Function<Handle, T> work) {
    return jdbi.withHandle(work::apply);
  }

  /** Runs the work on one connection. */
  @Transactional
  public void run(Consumer<Handle> work) {
    jdbi.useHandle(work::accept);
  }

  /** Maps result columns to the record's components by name, snake_case to camelCase. */
  public static <T> org.jdbi.v3.core.mapper.RowMapper<T> to(Class<T> record) {
    return ConstructorMapper.of(record);
  }
}
