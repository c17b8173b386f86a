package tasktracker.platform.data;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The few changes of the schema that are made while the server runs, such as a new index. They are made by the role that
 * owns the tables, in a session of its own: the role that the server works with may not make them.
 */
@ApplicationScoped
public class SchemaChanges {

  @Resource(lookup = "jdbc/tasktracker-migrations") private @Nullable DataSource owner;

  /** For the container, which sets the data source. */
  public SchemaChanges() {}

  public SchemaChanges(DataSource owner) {
    this.owner = owner;
  }

  /**
   * Runs the statements in one transaction that is not the caller's; a lock that the caller holds on the table makes it
   * wait for ever. A statement may take minutes.
   *
   * @throws IllegalStateException when one of them fails; none of them then has an effect
   */
  @Transactional(TxType.NOT_SUPPORTED)
  public void apply(String... statements) {
    try (Connection connection = owner.getConnection()) {
      boolean before = connection.getAutoCommit();
      connection.setAutoCommit(false);
      try {
        applied(connection, statements);
      } finally {
        connection.setAutoCommit(before);
      }
    } catch (SQLException e) {
      throw new IllegalStateException("The schema was not changed: " + e.getMessage(), e);
    }
  }

  private static void applied(Connection connection, String... statements) throws SQLException {
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
