package tasktracker.platform.data;

import java.io.PrintStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The command line of {@code bin/migrate}, on the database that DATABASE_URL, DATABASE_USER and DATABASE_PASSWORD name.
 *
 * <p>Runs without the server, by the classes and libraries of the application alone; so it works in the image too. Ends
 * with 0, with 1 if something is wrong, with 2 if it was not told well, with 3 if {@code check} found something to do.
 */
public final class Migrations {

  private static final int WRONG = 1, MISUSED = 2, TO_DO = 3;
  /** Kept by whoever configures logging: a logger nobody holds may be collected with its level. */
  private static final Logger FLYWAY = Logger.getLogger("org.flywaydb");

  private final Schema schema;
  private final PrintStream out = System.out;

  private Migrations(Schema schema) {
    this.schema = schema;
  }

  public static void main(String... words) {
    FLYWAY.setLevel(Level.SEVERE);
    System.exit(run(List.of(words)));
  }

  private static int run(List<String> words) {
    try {
      return new Migrations(new Schema(dataSource())).obey(words.isEmpty() ? "" : words.getFirst(), words);
    } catch (IllegalStateException | FlywayException e) {
      System.err.println(e.getMessage());
      return WRONG;
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
      case "undo" -> undo(yes);
      case "mark" -> mark(words.size() > 1 ? words.get(1) : "", yes);
      case "repair" -> repair(yes);
      case "empty" -> empty(yes);
      case "clear" -> clear(yes);
      default -> MISUSED;
    };
  }

  private int apply() {
    if (schema.all().stream().anyMatch(m -> m.getState().isFailed())) {
      schema.forgetFailures();
      out.println("A migration had failed half-way: it is run again");
    }
    int before = schema.pending().size();
    if (schema.migrate().migrationsExecuted == 0) {
      out.println(before == 0 ? "Nothing to do: the schema is up to date" : "Another node applied them meanwhile");
    }
    schema.applied().stream().skip(Math.max(0, schema.applied().size() - before)).forEach(m -> out.println("applied  " + Schema.name(m)));
    return 0;
  }

  private int list() {
    out.printf("%-7s  %-9s  %-20s  %-14s  %s%n", "VERSION", "STATE", "APPLIED AT", "BY", "NAME");
    schema.all().forEach(m -> out.printf("%-7s  %-9s  %-20s  %-14s  %s%n", m.getVersion(), state(m), at(m), by(m), m.getDescription()));
    return 0;
  }

  private static String state(MigrationInfo migration) {
    MigrationState state = migration.getState();
    if (state.isFailed()) {
      return "failed";
    }
    return state == MigrationState.FUTURE_SUCCESS ? "newer" : state.isApplied() ? "applied" : "pending";
  }

  private static String at(MigrationInfo migration) {
    return migration.getInstalledOn() == null ? "" : Instant.ofEpochMilli(migration.getInstalledOn().getTime()).truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private static String by(MigrationInfo migration) {
    return migration.getInstalledBy() == null ? "" : migration.getInstalledBy();
  }

  private int check() {
    List<String> wrong = schema.disagreements();
    wrong.forEach(text -> out.println("wrong    " + text));
    schema.refusal().ifPresent(text -> out.println("refused  " + text));
    newer().forEach(m -> out.println("newer    " + Schema.name(m) + ": this release does not know it"));
    schema.pending().forEach(m -> out.println("pending  " + Schema.name(m)));
    if (!wrong.isEmpty() || schema.refusal().isPresent()) {
      return WRONG;
    }
    out.println(schema.pending().isEmpty() ? "The schema agrees with this release" : "Run bin/migrate apply");
    return schema.pending().isEmpty() ? 0 : TO_DO;
  }

  private List<MigrationInfo> newer() {
    return schema.all().stream().filter(m -> state(m).equals("newer")).toList();
  }

  /** For scripts: what an upgrade to this release would apply. */
  private int pending() {
    schema.pending().forEach(m -> out.println((Schema.isContract(m) ? "contract " : "expand ") + Schema.name(m)));
    return 0;
  }

  /** For scripts: what a rollback to this release would find and not know. */
  private int unknown() {
    newer().forEach(m -> out.println((Schema.isContract(m) ? "contract " : "expand ") + Schema.name(m)));
    return 0;
  }

  private int fresh() {
    if (!tables().isEmpty()) {
      return wrong("The database is not empty (" + tables().size() + " tables). bin/migrate apply brings it up to date; bin/migrate reset deletes all of it");
    }
    return apply();
  }

  private List<String> tables() {
    return schema.ask("select tablename from pg_tables where schemaname = 'public'");
  }

  private int undo(boolean yes) {
    List<MigrationInfo> applied = schema.applied();
    if (applied.isEmpty()) {
      return wrong("Nothing has been applied");
    }
    MigrationInfo last = applied.getLast();
    if (state(last).equals("newer")) {
      return wrong(Schema.name(last) + " is of a later release: undo it with that release's bin/migrate");
    }
    return undo(last, yes);
  }

  private int undo(MigrationInfo last, boolean yes) {
    var never = Scripts.irreversible(Scripts.read(last.getPhysicalLocation()));
    if (never.isPresent()) {
      return wrong(Schema.name(last) + " cannot be undone: " + never.get());
    }
    String script = Scripts.undo(last).orElseThrow(() -> new IllegalStateException(Schema.name(last) + " has no undo script"));
    out.println("Undoing " + Schema.name(last) + losses(script));
    if (!yes) {
      return wrong("Nothing was changed; to do it add --yes. A backup first: bin/backup dump");
    }
    schema.tell(script, "delete from flyway_schema_history where version = '" + last.getVersion() + "'");
    out.println("undone   " + Schema.name(last));
    return 0;
  }

  /** What an undo loses, by its own words and counted. */
  private String losses(String script) {
    var text = new StringBuilder();
    Scripts.losses(script).forEach(loss -> text.append("\n  loses    ").append(loss));
    Scripts.droppedTables(script).forEach(table -> text.append("\n  deletes  ").append(rows(table)).append(" rows of ").append(table));
    return text.toString();
  }

  private String rows(String table) {
    return schema.ask("select count(*) from " + table).getFirst();
  }

  /** Somebody changed the tables by hand and the history must catch up: believed only if what it makes is there. */
  private int mark(String version, boolean yes) {
    List<MigrationInfo> pending = schema.pending();
    if (pending.isEmpty() || !pending.getFirst().getVersion().getVersion().equals(version)) {
      return wrong("Only the next pending one may be marked as applied: " + (pending.isEmpty() ? "there is none" : Schema.name(pending.getFirst())));
    }
    MigrationInfo next = pending.getFirst();
    if (!schema.isThere(Scripts.read(next.getPhysicalLocation()))) {
      return wrong("What " + Schema.name(next) + " makes is not in the database: bin/migrate apply makes it");
    }
    if (!yes) {
      return wrong("Part of what " + Schema.name(next) + " makes is there. Make sure that all of it is (\\d in bin/services psql), then add --yes");
    }
    schema.tell(markSql(next));
    out.println("marked   " + Schema.name(next));
    return 0;
  }

  private static String markSql(MigrationInfo next) {
    return """
        insert into flyway_schema_history (installed_rank, version, description, type, script, checksum, installed_by, execution_time, success)
        select coalesce(max(installed_rank), 0) + 1, '%s', '%s', 'SQL', '%s', %d, current_user, 0, true from flyway_schema_history"""
        .formatted(next.getVersion(), next.getDescription().replace("'", "''"), next.getScript(), next.getChecksum());
  }

  private int repair(boolean yes) {
    schema.disagreements().forEach(text -> out.println("wrong    " + text));
    if (!yes) {
      return wrong("Nothing was changed; --yes takes the files as they are now for those that were applied");
    }
    schema.repair();
    out.println("The history agrees with the files");
    return 0;
  }

  /** Deletes everything. The script has asked for the word by then; here only others who use the database can object. */
  private int empty(boolean yes) {
    List<String> others = schema.ask("""
        select distinct coalesce(nullif(application_name, ''), 'somebody') from pg_stat_activity
        where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'""");
    if (!others.isEmpty()) {
      return wrong("Others use the database (" + String.join(", ", Set.copyOf(others)) + "): stop them first");
    }
    if (!yes) {
      return MISUSED;
    }
    schema.tell("drop schema public cascade", "create schema public");
    out.println("All data is gone");
    return apply();
  }

  /** Deletes the messages, for {@code bin/data}, which has asked for the word by then. */
  private int clear(boolean yes) {
    if (!yes) {
      return MISUSED;
    }
    if (!schema.pending().isEmpty()) {
      return wrong("The schema is not that of this release: bin/migrate apply first. Nothing was deleted");
    }
    String messages = schema.ask("select count(*) from message").getFirst();
    schema.tell(Scripts.clearing(), "analyze message");
    out.println(messages + " messages and what came of them are gone; people, tokens and settings are there");
    return 0;
  }

  private int wrong(String text) {
    System.err.println(text);
    return WRONG;
  }
}
