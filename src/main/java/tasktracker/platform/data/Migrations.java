package tasktracker.platform.data;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The command line of {@code bin/migrate}, for the database of DATABASE_URL, DATABASE_USER and DATABASE_PASSWORD. It also
 * grants the role DATABASE_RUNTIME_USER, if set, the privileges of the server.
 *
 * <p>Runs without the server, with the classes and libraries of the application alone, so it also works in the image. Exit
 * codes: 0 success, 1 failure, 2 usage error, 3 {@code check} found pending migrations.
 */
public final class Migrations {

  /** A strong reference, because a logger without one may be garbage-collected together with its level. */
  private static final Logger FLYWAY = Logger.getLogger("org.flywaydb");

  private final Schema schema;
  private final MigrationConsole console = new MigrationConsole(System.out, System.err);

  private Migrations(Schema schema) {
    this.schema = schema;
  }

  public static void main(String... arguments) {
    // The exception reports a failure once; a migration that waits for locks fails several times before.
    FLYWAY.setLevel(Level.OFF);
    System.exit(run(List.of(arguments)));
  }

  private static int run(List<String> arguments) {
    try {
      return new Migrations(new Schema(dataSource())).execute(arguments.isEmpty() ? "" : arguments.getFirst(), arguments);
    } catch (IllegalStateException | FlywayException e) {
      System.err.println(e.getMessage());
      return MigrationConsole.FAILED;
    }
  }

  private static PGSimpleDataSource dataSource() {
    var source = new PGSimpleDataSource();
    source.setUrl(setting("DATABASE_URL"));
    source.setUser(setting("DATABASE_USER"));
    source.setPassword(setting("DATABASE_PASSWORD"));
    source.setApplicationName("bin/migrate");
    // Statements in the database end soon after this process is killed.
    source.setOptions("-c client_connection_check_interval=1s");
    return source;
  }

  private static String setting(String name) {
    String value = System.getenv(name);
    if (value == null) {
      throw new IllegalStateException(name + " is not set: run bin/migrate, or set it");
    }
    return value;
  }

  private int execute(String verb, List<String> arguments) {
    boolean isConfirmed = arguments.contains("--yes");
    return switch (verb) {
      case "apply" -> apply();
      case "list" -> list();
      case "check" -> check();
      case "pending" -> pending();
      case "unknown" -> unknown();
      case "fresh" -> applyToEmpty();
      case "undo" -> new MigrationUndo(schema, console).undoLast(isConfirmed);
      case "mark" -> mark(arguments.size() > 1 ? arguments.get(1) : "", isConfirmed);
      case "repair" -> repair(isConfirmed);
      case "empty" -> empty(isConfirmed);
      case "clear" -> new DataEraser(schema, console).eraseMessages(isConfirmed);
      default -> MigrationConsole.USAGE;
    };
  }

  private int apply() {
    if (schema.all().stream().anyMatch(m -> m.getState().isFailed())) {
      schema.deleteFailures();
      console.print("Retrying a migration that failed");
    }
    int before = schema.pending().size();
    if (schema.migrate().migrationsExecuted == 0) {
      console.print(before == 0 ? "Nothing to do: the schema is up to date" : "Another node has applied the pending migrations");
    }
    schema.applied().stream().skip(Math.max(0, schema.applied().size() - before)).forEach(m -> console.print("applied  " + Schema.name(m)));
    Optional.ofNullable(System.getenv("DATABASE_RUNTIME_USER")).filter(role -> !role.isBlank()).ifPresent(new Grants(schema)::grantTo);
    return MigrationConsole.DONE;
  }

  private int list() {
    console.out().printf("%-7s  %-9s  %-20s  %-14s  %s%n", "VERSION", "STATE", "APPLIED AT", "BY", "NAME");
    schema.all().forEach(m -> console.out().printf("%-7s  %-9s  %-20s  %-14s  %s%n", m.getVersion(), state(m), appliedAt(m), appliedBy(m),
        m.getDescription()));
    return MigrationConsole.DONE;
  }

  private static String state(MigrationInfo migration) {
    MigrationState state = migration.getState();
    if (state.isFailed()) {
      return "failed";
    }
    return Schema.isNewer(migration) ? "newer" : state.isApplied() ? "applied" : "pending";
  }

  private static String appliedAt(MigrationInfo migration) {
    return migration.getInstalledOn() == null
        ? ""
        : Instant.ofEpochMilli(migration.getInstalledOn().getTime()).truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private static String appliedBy(MigrationInfo migration) {
    return migration.getInstalledBy() == null ? "" : migration.getInstalledBy();
  }

  private int check() {
    List<String> wrong = schema.findMismatches();
    wrong.forEach(text -> console.print("wrong    " + text));
    schema.findIncompatibility().ifPresent(text -> console.print("refused  " + text));
    newer().forEach(m -> console.print("newer    " + Schema.name(m) + ": this release does not know it"));
    schema.pending().forEach(m -> console.print("pending  " + Schema.name(m)));
    if (!wrong.isEmpty() || schema.findIncompatibility().isPresent()) {
      return MigrationConsole.FAILED;
    }
    console.print(schema.pending().isEmpty() ? "The schema matches this release" : "Run bin/migrate apply");
    return schema.pending().isEmpty() ? MigrationConsole.DONE : MigrationConsole.PENDING;
  }

  private List<MigrationInfo> newer() {
    return schema.all().stream().filter(Schema::isNewer).toList();
  }

  /** For scripts: lists the migrations that an upgrade to this release would apply. */
  private int pending() {
    schema.pending().forEach(m -> console.print((Schema.isContract(m) ? "contract " : "expand ") + Schema.name(m)));
    return MigrationConsole.DONE;
  }

  /** For scripts: lists the migrations of later releases that a rollback to this release would find. */
  private int unknown() {
    newer().forEach(m -> console.print((Schema.isContract(m) ? "contract " : "expand ") + Schema.name(m)));
    return MigrationConsole.DONE;
  }

  private int applyToEmpty() {
    if (!tables().isEmpty()) {
      return console.fail("The database is not empty (" + tables().size()
          + " tables). bin/migrate apply brings it up to date; bin/migrate reset deletes all of it");
    }
    return apply();
  }

  private List<String> tables() {
    return schema.query("select tablename from pg_tables where schemaname = 'public'");
  }

  /** Marks a migration as applied after a manual change of the schema; refused unless its objects exist. */
  private int mark(String version, boolean isConfirmed) {
    List<MigrationInfo> pending = schema.pending();
    if (pending.isEmpty() || !pending.getFirst().getVersion().getVersion().equals(version)) {
      return console.fail("Only the next pending migration may be marked as applied: "
          + (pending.isEmpty() ? "there is none" : Schema.name(pending.getFirst())));
    }
    MigrationInfo next = pending.getFirst();
    if (!schema.isApplied(MigrationScripts.read(next.getPhysicalLocation()))) {
      return console.fail("The objects of " + Schema.name(next) + " do not exist: run bin/migrate apply");
    }
    if (!isConfirmed) {
      return console
          .fail("At least one object of " + Schema.name(next) + " exists. Check that all do (\\d in bin/services psql), then add --yes");
    }
    schema.execute(markSql(next));
    console.print("marked   " + Schema.name(next));
    return MigrationConsole.DONE;
  }

  private static String markSql(MigrationInfo next) {
    return """
        insert into flyway_schema_history (installed_rank, version, description, type, script, checksum,
          installed_by, execution_time, success)
        select coalesce(max(installed_rank), 0) + 1, '%s', '%s', 'SQL', '%s', %d, current_user, 0, true from flyway_schema_history"""
        .formatted(next.getVersion(), next.getDescription().replace("'", "''"), next.getScript(), next.getChecksum());
  }

  private int repair(boolean isConfirmed) {
    schema.findMismatches().forEach(text -> console.print("wrong    " + text));
    if (!isConfirmed) {
      return console.fail("Nothing was changed; --yes replaces the checksums of the history by those of the files");
    }
    schema.repair();
    console.print("The history matches the files");
    return MigrationConsole.DONE;
  }

  private int empty(boolean isConfirmed) {
    int code = new DataEraser(schema, console).eraseAll(isConfirmed);
    return code == MigrationConsole.DONE ? apply() : code;
  }
}
