package tasktracker.platform.data;

import java.util.List;
import org.flywaydb.core.api.MigrationInfo;

/** Takes the last migration back, after saying what that loses. */
final class MigrationUndo {

  private final Schema schema;
  private final MigrationConsole console;

  MigrationUndo(Schema schema, MigrationConsole console) {
    this.schema = schema;
    this.console = console;
  }

  /** Changes nothing without a yes. Gives back the code to end with. */
  int last(boolean yes) {
    List<MigrationInfo> applied = schema.applied();
    if (applied.isEmpty()) {
      return console.wrong("Nothing has been applied");
    }
    MigrationInfo last = applied.getLast();
    if (Schema.isNewer(last)) {
      return console.wrong(Schema.name(last) + " is of a later release: undo it with that release's bin/migrate");
    }
    return undo(last, yes);
  }

  private int undo(MigrationInfo last, boolean yes) {
    var never = MigrationScripts.irreversible(MigrationScripts.read(last.getPhysicalLocation()));
    if (never.isPresent()) {
      return console.wrong(Schema.name(last) + " cannot be undone: " + never.get());
    }
    String script = MigrationScripts.undo(last).orElseThrow(() -> new IllegalStateException(Schema.name(last) + " has no undo script"));
    console.say("Undoing " + Schema.name(last) + losses(script));
    if (!yes) {
      return console.wrong("Nothing was changed; to do it add --yes. A backup first: bin/backup dump");
    }
    schema.tell(script, "delete from flyway_schema_history where version = '" + last.getVersion() + "'");
    console.say("undone   " + Schema.name(last));
    return MigrationConsole.DONE;
  }

  /** What an undo loses, by its own words and counted. */
  private String losses(String script) {
    var text = new StringBuilder();
    MigrationScripts.losses(script).forEach(loss -> text.append("\n  loses    ").append(loss));
    MigrationScripts.droppedTables(script).forEach(table -> text.append("\n  deletes  ").append(rows(table)).append(" rows of ").append(table));
    return text.toString();
  }

  private String rows(String table) {
    return schema.ask("select count(*) from " + table).getFirst();
  }
}
