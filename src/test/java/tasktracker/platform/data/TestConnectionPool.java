package tasktracker.platform.data;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.util.Map;

/** A connection pool for tests, because opening a connection takes longer than most statements. */
public final class TestConnectionPool {

  private TestConnectionPool() {}

  /** Connections to what DATABASE_URL, DATABASE_USER and DATABASE_PASSWORD name; those that are lost are made again. */
  public static HikariDataSource pool(Map<String, String> environment) {
    return pool(environment.get("DATABASE_URL"), environment.get("DATABASE_USER"), environment.get("DATABASE_PASSWORD"));
  }

  static HikariDataSource pool(String url, String user, String password) {
    var pool = settings(url, user, password);
    pool.setMinimumIdle(2);
    pool.setConnectionTimeout(2_000);
    pool.addDataSourceProperty("reWriteBatchedInserts", "true");
    return new HikariDataSource(pool);
  }

  /** The administrator's, for a test's own questions: patient while the database is away, and with nothing kept open for long. */
  public static HikariDataSource patient(Map<String, String> environment) {
    var pool = settings(environment.get("DATABASE_URL"), environment.get("PGUSER"), environment.get("PGPASSWORD"));
    pool.setMinimumIdle(0);
    pool.setIdleTimeout(10_000);
    return new HikariDataSource(pool);
  }

  private static HikariConfig settings(String url, String user, String password) {
    var pool = new HikariConfig();
    pool.setJdbcUrl(url);
    pool.setUsername(user);
    pool.setPassword(password);
    pool.setMaximumPoolSize(20);
    return pool;
  }
}
