package tasktracker.platform.data;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/**
 * Changes of the schema at run time, such as a new index. They run as the role that owns the tables, in a session of its
 * own, because the server's own role may not change the schema.
 */
@ApplicationScoped
public class SchemaChanges {

  @Resource(lookup = "jdbc/tasktracker-migrations") private DataSource owner;

  /** For the container, which injects the data source. */
  public SchemaChanges() {}

  public SchemaChanges(DataSource owner) {
    this.owner = owner;
  }

  /**
   * Runs the statements in one transaction, independent of the caller's; it blocks forever on a lock that the caller holds.
   * A statement may take minutes.
   *
   * @throws IllegalStateException when one of them fails; none of them then has an effect
   */
  @Transactional(TxType.NOT_SUPPORTED)
  public void apply(String... statements) {
    try (Connection connection = owner.getConnection()) {
      boolean before = connection.getAutoCommit();
      connection.setAutoCommit(false);
      try {
        execute(connection, statements);
      } finally {
        connection.setAutoCommit(before);
      }
    } catch (SQLException e) {
      throw new IllegalStateException("The schema was not changed: " + e.getMessage(), e);
    }
  }

  private static void execute(Connection connection, String... statements) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
      connection.commit();
    } catch (SQLException e) {
      connection.rollback();
      throw e;
    }
  }
}
