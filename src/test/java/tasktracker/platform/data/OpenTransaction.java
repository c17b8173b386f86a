package tasktracker.platform.data;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * A transaction on a connection of its own that a test keeps open. A statement that waits for a lock fails after some
 * seconds, so that the test reports it.
 */
public final class OpenTransaction implements AutoCloseable {

  private final Connection connection;
  private final Database database;

  private OpenTransaction(Connection connection) {
    this.connection = connection;
    this.database = new Database((DataSource) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[]{DataSource.class},
        (proxy, method, arguments) -> lent()));
  }

  public static OpenTransaction on(TestDatabase schema) {
    try {
      Connection connection = schema.dataSource().getConnection();
      try (var statement = connection.createStatement()) {
        statement.execute("set lock_timeout = '3s'");
      }
      connection.setAutoCommit(false);
      return new OpenTransaction(connection);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The connection; callers must not close it. */
  private Connection lent() {
    return (Connection) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[]{Connection.class},
        (proxy, method, arguments) -> {
          try {
            return method.getName().equals("close") ? null : method.invoke(connection, arguments);
          } catch (InvocationTargetException e) {
            throw e.getCause();
          }
        });
  }

  /** What is asked of this is part of the transaction. */
  public Database database() {
    return database;
  }

  public void commit() {
    try {
      connection.commit();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Rolls back what is not committed, and returns when its locks are released; closing alone does not wait for that. */
  @Override
  public void close() {
    try (connection) {
      connection.rollback();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
