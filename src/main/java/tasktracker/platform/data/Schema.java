package tasktracker.platform.data;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.api.output.MigrateResult;
import org.flywaydb.database.postgresql.PostgreSQLConfigurationExtension;

/**
 * The schema as the migrations of this release define it, and its comparison with the database.
 *
 * <p>Migrations whose name begins with {@code contract} remove what the previous release still reads. The history in the
 * database contains the name, so a server can distinguish a compatible newer schema from an incompatible one.
 */
public final class Schema {

  private static final Pattern CONCURRENTLY = Pattern.compile(
      "(?i)create\\s+(?:unique\\s+)?index\\s+concurrently\\s+if\\s+not\\s+exists\\s+(\\w+)");
  private static final String CONTRACT = "contract";
  /** About two minutes: an attempt that does not get its locks takes about a second, with the pause after it. */
  private static final int MAX_ATTEMPTS = 120;

  private final DataSource dataSource;
  private final Flyway flyway;

  public Schema(DataSource dataSource) {
    this(dataSource, "classpath:db/migration");
  }

  Schema(DataSource dataSource, String... locations) {
    this.dataSource = dataSource;
    this.flyway = flyway(dataSource, locations);
  }

  private static Flyway flyway(DataSource dataSource, String... locations) {
    return withoutTransaction(Flyway.configure(Schema.class.getClassLoader()))
        .dataSource(dataSource)
        .locations(locations)
        .failOnMissingLocations(true)
        .outOfOrder(false)
        .callbacks(new ShortLockWaits())
        // When several nodes start at once, one migrates and the others wait for the lock, polling every second.
        .lockRetryCount(1800)
        .load();
  }

  /** An open transaction that holds the lock would block "create index concurrently" forever. */
  private static FluentConfiguration withoutTransaction(FluentConfiguration flyway) {
    // Setting this by name would load a JSON mapper in Flyway, which takes longer than reading the pending migrations.
    flyway.getPluginRegister().getExact(PostgreSQLConfigurationExtension.class).setTransactionalLock(false);
    return flyway;
  }

  /**
   * Applies pending migrations, and retries one that did not get its locks because of concurrent writers.
   *
   * @throws IllegalStateException when this release is incompatible with the schema; nothing is changed then
   */
  public MigrateResult migrate() {
    findIncompatibility().ifPresent(why -> {
      throw new IllegalStateException(why);
    });
    for (int attempt = 1;; attempt++) {
      dropUnfinishedIndexes();
      try {
        return flyway.migrate();
      } catch (FlywayException e) {
        if (attempt == MAX_ATTEMPTS || !ShortLockWaits.isCauseOf(e) || findIncompatibility().isPresent()) {
          throw e;
        }
        ShortLockWaits.pause();
      }
    }
  }

  /** The reason why this release must not use this database, if there is one. */
  public Optional<String> findIncompatibility() {
    List<MigrationInfo> all = all();
    Optional<String> failed = all.stream().filter(m -> m.getState().isFailed()).findFirst().map(Schema::failed);
    return failed.or(() -> all.stream().filter(Schema::isTooNew).findFirst().map(Schema::tooNew));
  }

  private static String failed(MigrationInfo migration) {
    return "Migration " + name(migration) + " has failed. Run bin/migrate apply: it removes partial results and runs it again";
  }

  private static String tooNew(MigrationInfo migration) {
    return "The database belongs to a later release: " + name(migration) + " removed what this release reads."
        + " Start that release, or restore the backup made before it (docs/releases.md)";
  }

  private static boolean isTooNew(MigrationInfo migration) {
    return isNewer(migration) && isContract(migration);
  }

  /** True when a later release applied it. */
  static boolean isNewer(MigrationInfo migration) {
    return migration.getState() == MigrationState.FUTURE_SUCCESS;
  }

  static boolean isContract(MigrationInfo migration) {
    return migration.getDescription().startsWith(CONTRACT);
  }

  static String name(MigrationInfo migration) {
    return migration.getVersion() + " " + migration.getDescription();
  }

  /** All migrations, of this release and in the database, oldest first. */
  List<MigrationInfo> all() {
    return List.of(flyway.info().all());
  }

  List<MigrationInfo> pending() {
    return List.of(flyway.info().pending());
  }

  /** Applied migrations, of this release or a later one, oldest first. */
  List<MigrationInfo> applied() {
    return List.of(flyway.info().applied());
  }

  /** Mismatches between the files and the history, except pending migrations. */
  List<String> findMismatches() {
    var pending = Flyway.configure(Schema.class.getClassLoader()).configuration(flyway.getConfiguration())
        .ignoreMigrationPatterns("*:pending", "*:future").load();
    return pending.validateWithResult().invalidMigrations.stream()
        .map(m -> m.version + " " + m.description + ": " + m.errorDetails.errorMessage.lines().findFirst().orElse("")).toList();
  }

  /** Differences between the history in the database and the files of this release, as names of migrations. */
  public record Differences(List<String> pending, List<String> changed) {}

  /** Differences that arose while the server was running and would prevent it from starting. */
  public Differences differences() {
    return new Differences(pending().stream().map(Schema::name).toList(), findMismatches());
  }

  /** Deletes failed runs from the history, so that they can be retried. */
  void deleteFailures() {
    execute("delete from flyway_schema_history where not success");
  }

  /** Replaces the checksums of the history by those of the files. */
  void repair() {
    flyway.repair();
  }

  /**
   * Drops indexes that an interrupted "create index concurrently" left behind as invalid. Only indexes of pending
   * migrations are dropped; where the interrupted session still builds one, this waits until it ends.
   */
  private void dropUnfinishedIndexes() {
    for (String index : pendingIndexes()) {
      if (isUnfinished(index)) {
        execute("drop index concurrently if exists " + index);
      }
    }
  }

  private List<String> pendingIndexes() {
    return pending().stream().map(MigrationInfo::getPhysicalLocation).flatMap(Schema::indexesIn).toList();
  }

  private static Stream<String> indexesIn(String file) {
    return CONCURRENTLY.matcher(MigrationScripts.read(file)).results().map(found -> found.group(1));
  }

  private boolean isUnfinished(String index) {
    return !query("select 1 from pg_index where indexrelid = to_regclass('" + index + "') and not indisvalid").isEmpty();
  }

  List<String> query(String sql) {
    try (var connection = dataSource.getConnection();
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      var found = new ArrayList<String>();
      while (rows.next()) {
        found.add(rows.getString(1));
      }
      return found;
    } catch (SQLException e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
  }

  void execute(String... statements) {
    try (var connection = dataSource.getConnection()) {
      execute(connection, statements);
    } catch (SQLException e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
  }

  /** Runs several statements in one transaction; a single statement runs without one, as some statements require. */
  private static void execute(Connection connection, String... statements) throws SQLException {
    boolean before = connection.getAutoCommit();
    connection.setAutoCommit(statements.length == 1);
    try (var statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
      if (statements.length > 1) {
        connection.commit();
      }
    } catch (SQLException e) {
      if (statements.length > 1) {
        connection.rollback();
      }
      throw e;
    } finally {
      connection.setAutoCommit(before);
    }
  }

  /** Returns whether the statements fail because their objects exist. They are rolled back. */
  boolean isApplied(String script) {
    try (var connection = dataSource.getConnection(); var statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      try {
        statement.execute(script);
        return false;
      } catch (SQLException e) {
        return DUPLICATE_STATES.contains(e.getSQLState());
      } finally {
        connection.rollback();
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
  }

  /** SQL states of duplicate tables or indexes, columns, functions, objects and schemas. */
  private static final List<String> DUPLICATE_STATES = Arrays.asList("42P07", "42701", "42723", "42710", "42P06");
}
