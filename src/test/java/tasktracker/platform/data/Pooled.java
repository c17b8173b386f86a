package tasktracker.platform.data;

import org.postgresql.ds.PGPoolingDataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** Connections that are kept, as the server keeps them: for tests and measurements of many statements. */
public final class Pooled {

  private Pooled() {}

  @SuppressWarnings("deprecation") // the server's own pool is not there without the server
  public static Database of(TestDatabase schema) {
    var from = (PGSimpleDataSource) schema.dataSource();
    var pool = new PGPoolingDataSource();
    pool.setUrl(from.getUrl());
    pool.setUser(from.getUser());
    pool.setPassword(from.getPassword());
    pool.setInitialConnections(2);
    pool.setMaxConnections(20);
    pool.setReWriteBatchedInserts(true);
    return new Database(pool);
  }
}
