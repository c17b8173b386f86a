package tasktracker.platform.data;

import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.sql.DataSource;
import org.hibernate.boot.Metadata;
import org.hibernate.boot.spi.BootstrapContext;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.integrator.spi.Integrator;

/**
 * Brings the schema up to date before Hibernate validates it.
 *
 * <p>The server has the session factory built before any hook of ours runs; only an integrator is early enough. It
 * waits for a database that is not there yet, so the order in which things are started does not matter.
 */
public class MigrationIntegrator implements Integrator {

  private static final System.Logger LOG = System.getLogger(MigrationIntegrator.class.getName());
  private static final long PAUSE_SECONDS = 2;
  private static volatile CompletableFuture<DataSource> answering = new CompletableFuture<>();
  private static volatile CompletableFuture<Void> migrated = new CompletableFuture<>();

  /** Begins to ask for the database, and to migrate it when it answers. */
  static void begin() {
    answering = BackgroundStartup.begin("database", MigrationIntegrator::answeringDatabase);
    migrated = answering.thenAccept(MigrationIntegrator::migrate);
    Runtime.getRuntime().addShutdownHook(new Thread(MigrationIntegrator::giveUp));
  }

  /** A server that is told to stop lets its applications finish their start first, for half a minute at most. */
  private static void giveUp() {
    answering.completeExceptionally(new IllegalStateException("Stopped while waiting for the database"));
  }

  /** Returns when the database has answered. */
  static void awaitDatabase() {
    BackgroundStartup.await(answering);
  }

  @Override
  public void integrate(Metadata metadata, BootstrapContext bootstrap, SessionFactoryImplementor factory) {
    BackgroundStartup.await(migrated);
  }

  /** The schema that this server works on. */
  public static Schema schema() {
    return new Schema(dataSource());
  }

  private static DataSource dataSource() {
    return dataSource("jdbc/tasktracker-migrations");
  }

  private static DataSource dataSource(String name) {
    try {
      return InitialContext.doLookup(name);
    } catch (NamingException e) {
      throw new IllegalStateException("The server has no data source " + name + "; see server.xml", e);
    }
  }

  private static DataSource answeringDatabase() {
    DataSource dataSource = dataSource();
    for (int asked = 0; !answers(dataSource, asked); asked++) {
      pause();
    }
    return dataSource;
  }

  private static boolean answers(DataSource dataSource, int asked) {
    try (var connection = dataSource.getConnection()) {
      return connection.isValid(5);
    } catch (SQLException e) {
      if (asked % 10 == 0) {
        LOG.log(Level.WARNING, "Waiting for the database: {0}", e.getMessage());
      }
      return false;
    }
  }

  private static void pause() {
    try {
      TimeUnit.SECONDS.sleep(PAUSE_SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Stopped while waiting for the database", e);
    }
  }

  private static void migrate(DataSource dataSource) {
    var schema = new Schema(dataSource);
    var result = schema.migrate();
    new Grants(schema).giveTo(runtimeRole());
    LOG.log(Level.INFO, "Schema is at version {0}, {1} migrations applied",
        result.targetSchemaVersion == null ? result.initialSchemaVersion : result.targetSchemaVersion,
        result.migrationsExecuted);
  }

  /** Whom the database takes the server for, whatever the setting is called. */
  private static String runtimeRole() {
    try (var connection = dataSource("jdbc/tasktracker").getConnection(); var statement = connection.createStatement();
        var rows = statement.executeQuery("select current_user")) {
      rows.next();
      return rows.getString(1);
    } catch (SQLException e) {
      throw new IllegalStateException("The role that the server works with (DATABASE_RUNTIME_USER) is not let in: " + e.getMessage()
          + ". docs/deploy.md#roles-of-the-database tells how it is made", e);
    }
  }
}
