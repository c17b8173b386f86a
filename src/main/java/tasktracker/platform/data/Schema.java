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
 * The tables as the migrations of this release make them, and how the database's are compared with them.
 *
 * <p>Migrations whose name begins with {@code contract} take away what the release before still reads. The history in
 * the database keeps the name, so a server can tell a newer schema it may work on from one that it may not.
 */
public final class Schema {

  private static final Pattern CONCURRENTLY = Pattern.compile(
      "(?i)create\\s+(?:unique\\s+)?index\\s+concurrently\\s+if\\s+not\\s+exists\\s+(\\w+)");
  private static final String CONTRACT = "contract";
  /** For two minutes or so; a try that did not get its locks has taken half a second. */
  private static final int MOST_TRIES = 120;

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
        // Two nodes start at once and one has much to do: the other waits for it, a second between questions.
        .lockRetryCount(1800)
        .load();
  }

  /** An open transaction that holds the lock would keep "create index concurrently" waiting for ever. */
  private static FluentConfiguration withoutTransaction(FluentConfiguration flyway) {
    // By a setting's name Flyway would go through a mapper of JSON, which takes longer than asking for what is pending.
    flyway.getPluginRegister().getExact(PostgreSQLConfigurationExtension.class).setTransactionalLock(false);
    return flyway;
  }

  /**
   * Applies what is pending; a migration that did not get its locks, because others write meanwhile, is run again. Says
   * what is wrong, and changes nothing, where this release cannot work with the schema.
   */
  public MigrateResult migrate() {
    refusal().ifPresent(why -> {
      throw new IllegalStateException(why);
    });
    for (int tries = 1; ; tries++) {
      dropUnfinishedIndexes();
      try {
        return flyway.migrate();
      } catch (FlywayException e) {
        if (tries == MOST_TRIES || !ShortLockWaits.isCauseOf(e) || refusal().isPresent()) {
          throw e;
        }
        ShortLockWaits.pause();
      }
    }
  }

  /** Why a server of this release must not work on this database, if so. */
  public Optional<String> refusal() {
    List<MigrationInfo> all = all();
    Optional<String> failed = all.stream().filter(m -> m.getState().isFailed()).findFirst().map(Schema::failed);
    return failed.or(() -> all.stream().filter(Schema::isTooNew).findFirst().map(Schema::tooNew));
  }

  private static String failed(MigrationInfo migration) {
    return "Migration " + name(migration) + " failed half-way. Run bin/migrate apply: it clears what is left and runs it again";
  }

  private static String tooNew(MigrationInfo migration) {
    return "The database belongs to a later release: " + name(migration) + " took away what this release reads."
        + " Start that release, or restore the backup made before it (docs/releases.md)";
  }

  private static boolean isTooNew(MigrationInfo migration) {
    return isNewer(migration) && isContract(migration);
  }

  /** Applied by a later release than this one. */
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

  /** Applied ones, of this release or a later one, oldest first. */
  List<MigrationInfo> applied() {
    return List.of(flyway.info().applied());
  }

  /** What does not agree between the files and the history; pending migrations are no disagreement. */
  List<String> disagreements() {
    var pending = Flyway.configure(Schema.class.getClassLoader()).configuration(flyway.getConfiguration())
        .ignoreMigrationPatterns("*:pending", "*:future").load();
    return pending.validateWithResult().invalidMigrations.stream()
        .map(m -> m.version + " " + m.description + ": " + m.errorDetails.errorMessage.lines().findFirst().orElse("")).toList();
  }

  /** How the history in the database differs from the files of this release, by the names of migrations. */
  public record Differences(List<String> pending, List<String> changed) {}

  /** What a server that runs would not start with, because somebody undid or changed it meanwhile. */
  public Differences differences() {
    return new Differences(pending().stream().map(Schema::name).toList(), disagreements());
  }

  /** Forgets failed runs, so that they may be tried again. */
  void forgetFailures() {
    tell("delete from flyway_schema_history where not success");
  }

  /** Takes the files' checksums for those of the history. */
  void repair() {
    flyway.repair();
  }

  /**
   * An index whose building was cut off stays behind, unusable and under its name. Only those that a pending migration
   * is going to make are dropped; where the cut off session still builds it, this waits until that ends.
   */
  private void dropUnfinishedIndexes() {
    for (String index : wantedIndexes()) {
      if (isUnfinished(index)) {
        tell("drop index concurrently if exists " + index);
      }
    }
  }

  private List<String> wantedIndexes() {
    return pending().stream().map(MigrationInfo::getPhysicalLocation).flatMap(Schema::indexesIn).toList();
  }

  private static Stream<String> indexesIn(String file) {
    return CONCURRENTLY.matcher(MigrationScripts.read(file)).results().map(found -> found.group(1));
  }

  private boolean isUnfinished(String index) {
    return !ask("select 1 from pg_index where indexrelid = to_regclass('" + index + "') and not indisvalid").isEmpty();
  }

  List<String> ask(String sql) {
    try (var connection = dataSource.getConnection(); var statement = connection.createStatement();
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

  void tell(String... statements) {
    try (var connection = dataSource.getConnection()) {
      tell(connection, statements);
    } catch (SQLException e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
  }

  /** All or nothing; a lone statement runs outside of a transaction, as some must. */
  private static void tell(Connection connection, String... statements) throws SQLException {
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

  /** Whether these statements would fail because what they make is there; nothing of them stays. */
  boolean isThere(String script) {
    try (var connection = dataSource.getConnection(); var statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      try {
        statement.execute(script);
        return false;
      } catch (SQLException e) {
        return ALREADY_THERE.contains(e.getSQLState());
      } finally {
        connection.rollback();
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
  }

  /** Duplicate table or index, column, function, object, constraint or schema. */
  private static final List<String> ALREADY_THERE = Arrays.asList("42P07", "42701", "42723", "42710", "42P06");
}
