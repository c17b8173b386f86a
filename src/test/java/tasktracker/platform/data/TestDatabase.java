package tasktracker.platform.data;

import com.zaxxer.hikari.HikariDataSource;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * An empty, migrated database for one test class, on the server of DATABASE_URL, PGUSER and PGPASSWORD; dropped when
 * closed.
 */
public final class TestDatabase implements AutoCloseable {

  private final PGSimpleDataSource server = dataSource(null);
  private final String name = "test_" + UUID.randomUUID().toString().replace("-", "");
  private final PGSimpleDataSource own;
  private final Queue<Connection> idle = new ConcurrentLinkedQueue<>();
  private @Nullable HikariDataSource pool;

  private TestDatabase() {
    own = dataSource(name);
  }

  /** A new database with the whole schema in it. */
  public static TestDatabase create() {
    var database = new TestDatabase();
    database.tell("create database " + database.name);
    Flyway.configure().dataSource(database.own).locations("classpath:db/migration").load().migrate();
    return database;
  }

  public DataSource dataSource() {
    return own;
  }

  /** Each connection is one transaction, committed when it is given back, and used again as a pool would. */
  public DataSource transactional() {
    return (DataSource) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[]{DataSource.class},
        (proxy, method, arguments) -> method.getName().equals("getConnection")
            ? transaction(idleOrNew())
            : method.invoke(own, arguments));
  }

  private Connection idleOrNew() throws SQLException {
    Connection connection = idle.poll();
    return connection == null ? own.getConnection() : connection;
  }

  private Connection transaction(Connection connection) throws SQLException {
    connection.setAutoCommit(false);
    return (Connection) Proxy.newProxyInstance(TestDatabase.class.getClassLoader(), new Class<?>[]{Connection.class},
        (proxy, method, arguments) -> {
          if (method.getName().equals("close")) {
            connection.commit();
            idle.add(connection);
            return null;
          }
          try {
            return method.invoke(connection, arguments);
          } catch (InvocationTargetException e) {
            throw e.getCause();
          }
        });
  }

  /** By connections that are kept until it is closed. */
  public Database database() {
    if (pool == null) {
      pool = TestConnectionPool.pool(own.getUrl(), own.getUser(), own.getPassword());
    }
    return new Database(pool);
  }

  private static PGSimpleDataSource dataSource(@Nullable String name) {
    var source = new PGSimpleDataSource();
    source.setUrl(env("DATABASE_URL", "jdbc:postgresql://localhost:5555/tasktracker"));
    source.setUser(env("PGUSER", env("DATABASE_USER", "app")));
    source.setPassword(env("PGPASSWORD", env("DATABASE_PASSWORD", "app")));
    if (name != null) {
      source.setDatabaseName(name);
    }
    return source;
  }

  private static String env(String name, String otherwise) {
    return Optional.ofNullable(System.getenv(name)).orElse(otherwise);
  }

  private void tell(String sql) {
    try (var connection = server.getConnection(); var statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  @Override
  public void close() {
    if (pool != null) {
      pool.close(); // Before the database is dropped, or the pool would try to reconnect.
    }
    tell("drop database " + name + " with (force)");
  }
}
