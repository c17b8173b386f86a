package tasktracker.platform.data;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javax.sql.DataSource;

/**
 * Execution plans of the product's own queries with their actual parameters, reported by PostgreSQL's module auto_explain.
 */
public final class QueryPlans implements AutoCloseable {

  private final TestDatabase schema = TestDatabase.create();
  private final List<String> told = new ArrayList<>();
  private final Database database = new Database(watched(schema.dataSource()));

  /** Puts rows in, without triggers and checks of keys, and counts them for the planner. */
  public void fill(String script) {
    schema.database().run(sql -> {
      sql.execute("set session_replication_role = replica");
      sql.createScript(script).execute();
      sql.execute("set session_replication_role = origin");
      sql.execute("vacuum analyze");
    });
  }

  /** The plans of all queries that this asks of the database. */
  public String of(Consumer<Database> work) {
    told.clear();
    work.accept(database);
    return String.join("\n", told);
  }

  private DataSource watched(DataSource source) {
    return (DataSource) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[]{DataSource.class},
        (proxy, method,
            arguments) -> method.getName().equals("getConnection") ? watched(source.getConnection()) : method.invoke(source, arguments));
  }

  private Connection watched(Connection connection) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute("load 'auto_explain'");
      statement.execute("set auto_explain.log_level = notice");
      statement.execute("set auto_explain.log_min_duration = 0");
    }
    return (Connection) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[]{Connection.class},
        (proxy, method, arguments) -> {
          Object answer = invoke(connection, method, arguments);
          return answer instanceof PreparedStatement statement ? watched(statement) : answer;
        });
  }

  private PreparedStatement watched(PreparedStatement statement) {
    return (PreparedStatement) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[]{PreparedStatement.class},
        (proxy, method, arguments) -> {
          Object answer = invoke(statement, method, arguments);
          if (method.getName().startsWith("execute")) {
            for (SQLWarning warning = statement.getWarnings(); warning != null; warning = warning.getNextWarning()) {
              told.add(warning.getMessage());
            }
          }
          return answer;
        });
  }

  private static Object invoke(Object target, java.lang.reflect.Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  @Override
  public void close() {
    schema.close();
  }
}
