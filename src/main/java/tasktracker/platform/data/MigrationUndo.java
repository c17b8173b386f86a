package tasktracker.platform.data;

import java.util.List;
import org.flywaydb.core.api.MigrationInfo;

/** Undoes the last migration, after printing which data that loses. */
final class MigrationUndo {

  private final Schema schema;
  private final MigrationConsole console;

  MigrationUndo(Schema schema, MigrationConsole console) {
    this.schema = schema;
    this.console = console;
  }

  /** Undoes the last migration if this is confirmed. Returns the exit code. */
  int undoLast(boolean isConfirmed) {
    List<MigrationInfo> applied = schema.applied();
    if (applied.isEmpty()) {
      return console.fail("Nothing has been applied");
    }
    MigrationInfo last = applied.getLast();
    if (Schema.isNewer(last)) {
      return console.fail(Schema.name(last) + " is of a later release: undo it with that release's bin/migrate");
    }
    return undo(last, isConfirmed);
  }

  private int undo(MigrationInfo last, boolean isConfirmed) {
    var never = MigrationScripts.irreversibleReason(MigrationScripts.read(last.getPhysicalLocation()));
    if (never.isPresent()) {
      return console.fail(Schema.name(last) + " cannot be undone: " + never.get());
    }
    String script = MigrationScripts.undo(last).orElseThrow(() -> new IllegalStateException(Schema.name(last) + " has no undo script"));
    console.print("Undoing " + Schema.name(last) + describeLosses(script));
    if (!isConfirmed) {
      return console.fail("Nothing was changed. Make a backup with bin/backup dump, then add --yes");
    }
    schema.execute(script, "delete from flyway_schema_history where version = '" + last.getVersion() + "'");
    console.print("undone   " + Schema.name(last));
    return MigrationConsole.DONE;
  }

  /** Describes the data that an undo loses, with numbers of rows. */
  private String describeLosses(String script) {
    var text = new StringBuilder();
    MigrationScripts.losses(script).forEach(loss -> text.append("\n  loses    ").append(loss));
    MigrationScripts.droppedTables(script)
        .forEach(table -> text.append("\n  deletes  ").append(countRows(table)).append(" rows of ").append(table));
    return text.toString();
  }

  private String countRows(String table) {
    return schema.query("select count(*) from " + table).getFirst();
  }
}
