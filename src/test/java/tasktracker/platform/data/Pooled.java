package tasktracker.platform.data;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.util.Map;
import org.postgresql.ds.PGSimpleDataSource;

/** Connections that are kept, as the server keeps them: for tests and measurements of many statements. */
public final class Pooled {

  private Pooled() {}

  /** Closed with its database. */
  public static Database of(TestDatabase schema) {
    var from = (PGSimpleDataSource) schema.dataSource();
    HikariDataSource pool = pool(from.getUrl(), from.getUser(), from.getPassword());
    schema.closes(pool);
    return new Database(pool);
  }

  /** Connections to what DATABASE_URL, DATABASE_USER and DATABASE_PASSWORD name; those that are lost are made again. */
  public static HikariDataSource pool(Map<String, String> environment) {
    return pool(environment.get("DATABASE_URL"), environment.get("DATABASE_USER"), environment.get("DATABASE_PASSWORD"));
  }

  /** The same for a test's own questions: patient while the database is away, and with nothing kept open for long. */
  public static HikariDataSource patient(Map<String, String> environment) {
    var pool = new HikariConfig();
    pool.setJdbcUrl(environment.get("DATABASE_URL"));
    pool.setUsername(environment.get("DATABASE_USER"));
    pool.setPassword(environment.get("DATABASE_PASSWORD"));
    pool.setMinimumIdle(0);
    pool.setIdleTimeout(10_000);
    pool.setMaximumPoolSize(20);
    return new HikariDataSource(pool);
  }

  private static HikariDataSource pool(String url, String user, String password) {
    var pool = new HikariConfig();
    pool.setJdbcUrl(url);
    pool.setUsername(user);
    pool.setPassword(password);
    pool.setMinimumIdle(2);
    pool.setMaximumPoolSize(20);
    pool.setConnectionTimeout(2_000);
    pool.addDataSourceProperty("reWriteBatchedInserts", "true");
    return new HikariDataSource(pool);
  }
}
