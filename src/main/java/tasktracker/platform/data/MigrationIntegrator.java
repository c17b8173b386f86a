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
 * Migrates the schema before Hibernate validates it.
 *
 * <p>The server builds the session factory before any startup observer runs; only an integrator runs early enough. It
 * waits until the database is available, so the start order of services does not matter.
 */
public class MigrationIntegrator implements Integrator {

  private static final System.Logger LOG = System.getLogger(MigrationIntegrator.class.getName());
  private static final long PAUSE_SECONDS = 2;
  private static volatile CompletableFuture<DataSource> available = new CompletableFuture<>();
  private static volatile CompletableFuture<Void> migrated = new CompletableFuture<>();

  /** Starts waiting for the database, and migrates it when it is available. */
  static void begin() {
    available = BackgroundStartup.startAsync("database", MigrationIntegrator::waitForDatabase);
    migrated = available.thenAccept(MigrationIntegrator::migrate);
    Runtime.getRuntime().addShutdownHook(new Thread(MigrationIntegrator::cancel));
  }

  /** A stopping server waits up to 30 s for its applications to finish their startup. */
  private static void cancel() {
    available.completeExceptionally(new IllegalStateException("Stopped while waiting for the database"));
  }

  /** Waits until the database is available. */
  static void awaitDatabase() {
    BackgroundStartup.await(available);
  }

  @Override
  public void integrate(Metadata metadata, BootstrapContext bootstrap, SessionFactoryImplementor factory) {
    BackgroundStartup.await(migrated);
  }

  /** The schema of this server's database. */
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

  private static DataSource waitForDatabase() {
    DataSource dataSource = dataSource();
    for (int attempt = 0; !isAvailable(dataSource, attempt); attempt++) {
      pause();
    }
    return dataSource;
  }

  private static boolean isAvailable(DataSource dataSource, int attempt) {
    try (var connection = dataSource.getConnection()) {
      return connection.isValid(5);
    } catch (SQLException e) {
      if (attempt % 10 == 0) {
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
    new Grants(schema).grantTo(runtimeRole());
    LOG.log(Level.INFO, "Schema is at version {0}, {1} migrations applied",
        result.targetSchemaVersion == null ? result.initialSchemaVersion : result.targetSchemaVersion,
        result.migrationsExecuted);
  }

  /** The role of the server's own connections, whatever setting it comes from. */
  private static String runtimeRole() {
    try (var connection = dataSource("jdbc/tasktracker").getConnection();
        var statement = connection.createStatement();
        var rows = statement.executeQuery("select current_user")) {
      rows.next();
      return rows.getString(1);
    } catch (SQLException e) {
      throw new IllegalStateException("The role of the server (DATABASE_RUNTIME_USER) cannot connect: " + e.getMessage()
          + ". docs/deploy.md#roles-of-the-database explains how to create it", e);
    }
  }
}
