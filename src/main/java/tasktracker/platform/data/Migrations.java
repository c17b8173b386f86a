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
 * The command line of {@code bin/migrate}, on the database that DATABASE_URL, DATABASE_USER and DATABASE_PASSWORD name. The
 * role DATABASE_RUNTIME_USER, if there is one, is given what the server needs.
 *
 * <p>Runs without the server, by the classes and libraries of the application alone; so it works in the image too. Ends
 * with 0, with 1 if something is wrong, with 2 if it was not told well, with 3 if {@code check} found something to do.
 */
public final class Migrations {

  /** Kept by whoever configures logging: a logger nobody holds may be collected with its level. */
  private static final Logger FLYWAY = Logger.getLogger("org.flywaydb");

  private final Schema schema;
  private final MigrationConsole console = new MigrationConsole(System.out, System.err);

  private Migrations(Schema schema) {
    this.schema = schema;
  }

  public static void main(String... words) {
    // What ends it is told once, by its exception; a migration that waits for locks fails some times before.
    FLYWAY.setLevel(Level.OFF);
    System.exit(run(List.of(words)));
  }

  private static int run(List<String> words) {
    try {
      return new Migrations(new Schema(dataSource())).obey(words.isEmpty() ? "" : words.getFirst(), words);
    } catch (IllegalStateException | FlywayException e) {
      System.err.println(e.getMessage());
      return MigrationConsole.WRONG;
    }
  }

  private static PGSimpleDataSource dataSource() {
    var source = new PGSimpleDataSource();
    source.setUrl(setting("DATABASE_URL"));
    source.setUser(setting("DATABASE_USER"));
    source.setPassword(setting("DATABASE_PASSWORD"));
    source.setApplicationName("bin/migrate");
    // What is running in the database when this process is killed ends too, rather than hours later.
    source.setOptions("-c client_connection_check_interval=1s");
    return source;
  }

  private static String setting(String name) {
    String value = System.getenv(name);
    if (value == null) {
      throw new IllegalStateException(name + " is not set: use bin/migrate, or set it");
    }
    return value;
  }

  private int obey(String verb, List<String> words) {
    boolean yes = words.contains("--yes");
    return switch (verb) {
      case "apply" -> apply();
      case "list" -> list();
      case "check" -> check();
      case "pending" -> pending();
      case "unknown" -> unknown();
      case "fresh" -> fresh();
      case "undo" -> new MigrationUndo(schema, console).last(yes);
      case "mark" -> mark(words.size() > 1 ? words.get(1) : "", yes);
      case "repair" -> repair(yes);
      case "empty" -> empty(yes);
      case "clear" -> new DataEraser(schema, console).messages(yes);
      default -> MigrationConsole.MISUSED;
    };
  }

  private int apply() {
    if (schema.all().stream().anyMatch(m -> m.getState().isFailed())) {
      schema.forgetFailures();
      console.say("A migration had failed half-way: it is run again");
    }
    int before = schema.pending().size();
    if (schema.migrate().migrationsExecuted == 0) {
      console.say(before == 0 ? "Nothing to do: the schema is up to date" : "Another node applied them meanwhile");
    }
    schema.applied().stream().skip(Math.max(0, schema.applied().size() - before)).forEach(m -> console.say("applied  " + Schema.name(m)));
    Optional.ofNullable(System.getenv("DATABASE_RUNTIME_USER")).filter(role -> !role.isBlank()).ifPresent(new Grants(schema)::giveTo);
    return MigrationConsole.DONE;
  }

  private int list() {
    console.out().printf("%-7s  %-9s  %-20s  %-14s  %s%n", "VERSION", "STATE", "APPLIED AT", "BY", "NAME");
    schema.all().forEach(m -> console.out().printf("%-7s  %-9s  %-20s  %-14s  %s%n", m.getVersion(), state(m), at(m), by(m), m.getDescription()));
    return MigrationConsole.DONE;
  }

  private static String state(MigrationInfo migration) {
    MigrationState state = migration.getState();
    if (state.isFailed()) {
      return "failed";
    }
    return Schema.isNewer(migration) ? "newer" : state.isApplied() ? "applied" : "pending";
  }

  private static String at(MigrationInfo migration) {
    return migration.getInstalledOn() == null ? "" : Instant.ofEpochMilli(migration.getInstalledOn().getTime()).truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private static String by(MigrationInfo migration) {
    return migration.getInstalledBy() == null ? "" : migration.getInstalledBy();
  }

  private int check() {
    List<String> wrong = schema.disagreements();
    wrong.forEach(text -> console.say("wrong    " + text));
    schema.refusal().ifPresent(text -> console.say("refused  " + text));
    newer().forEach(m -> console.say("newer    " + Schema.name(m) + ": this release does not know it"));
    schema.pending().forEach(m -> console.say("pending  " + Schema.name(m)));
    if (!wrong.isEmpty() || schema.refusal().isPresent()) {
      return MigrationConsole.WRONG;
    }
    console.say(schema.pending().isEmpty() ? "The schema agrees with this release" : "Run bin/migrate apply");
    return schema.pending().isEmpty() ? MigrationConsole.DONE : MigrationConsole.TO_DO;
  }

  private List<MigrationInfo> newer() {
    return schema.all().stream().filter(Schema::isNewer).toList();
  }

  /** For scripts: what an upgrade to this release would apply. */
  private int pending() {
    schema.pending().forEach(m -> console.say((Schema.isContract(m) ? "contract " : "expand ") + Schema.name(m)));
    return MigrationConsole.DONE;
  }

  /** For scripts: what a rollback to this release would find and not know. */
  private int unknown() {
    newer().forEach(m -> console.say((Schema.isContract(m) ? "contract " : "expand ") + Schema.name(m)));
    return MigrationConsole.DONE;
  }

  private int fresh() {
    if (!tables().isEmpty()) {
      return console.wrong("The database is not empty (" + tables().size() + " tables). bin/migrate apply brings it up to date; bin/migrate reset deletes all of it");
    }
    return apply();
  }

  private List<String> tables() {
    return schema.ask("select tablename from pg_tables where schemaname = 'public'");
  }

  /** Somebody changed the tables by hand and the history must catch up: believed only if what it makes is there. */
  private int mark(String version, boolean yes) {
    List<MigrationInfo> pending = schema.pending();
    if (pending.isEmpty() || !pending.getFirst().getVersion().getVersion().equals(version)) {
      return console.wrong("Only the next pending one may be marked as applied: " + (pending.isEmpty() ? "there is none" : Schema.name(pending.getFirst())));
    }
    MigrationInfo next = pending.getFirst();
    if (!schema.isThere(MigrationScripts.read(next.getPhysicalLocation()))) {
      return console.wrong("What " + Schema.name(next) + " makes is not in the database: bin/migrate apply makes it");
    }
    if (!yes) {
      return console.wrong("Part of what " + Schema.name(next) + " makes is there. Make sure that all of it is (\\d in bin/services psql), then add --yes");
    }
    schema.tell(markSql(next));
    console.say("marked   " + Schema.name(next));
    return MigrationConsole.DONE;
  }

  private static String markSql(MigrationInfo next) {
    return """
        insert into flyway_schema_history (installed_rank, version, description, type, script, checksum, installed_by, execution_time, success)
        select coalesce(max(installed_rank), 0) + 1, '%s', '%s', 'SQL', '%s', %d, current_user, 0, true from flyway_schema_history"""
        .formatted(next.getVersion(), next.getDescription().replace("'", "''"), next.getScript(), next.getChecksum());
  }

  private int repair(boolean yes) {
    schema.disagreements().forEach(text -> console.say("wrong    " + text));
    if (!yes) {
      return console.wrong("Nothing was changed; --yes takes the files as they are now for those that were applied");
    }
    schema.repair();
    console.say("The history agrees with the files");
    return MigrationConsole.DONE;
  }

  private int empty(boolean yes) {
    int code = new DataEraser(schema, console).everything(yes);
    return code == MigrationConsole.DONE ? apply() : code;
  }
}
