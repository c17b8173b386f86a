package tasktracker.platform.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Takes data out of the database for good. Whoever calls has asked for a typed word by then. */
final class DataEraser {

  private final Schema schema;
  private final MigrationConsole console;

  DataEraser(Schema schema, MigrationConsole console) {
    this.schema = schema;
    this.console = console;
  }

  /** Deletes everything. The script has asked for the word by then; here only others who use the database can object. */
  int everything(boolean yes) {
    List<String> others = schema.ask("""
        select distinct coalesce(nullif(application_name, ''), 'somebody') from pg_stat_activity
        where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'""");
    if (!others.isEmpty()) {
      return console.wrong("Others use the database (" + String.join(", ", Set.copyOf(others)) + "): stop them first");
    }
    if (!yes) {
      return MigrationConsole.MISUSED;
    }
    schema.tell(emptying().toArray(String[]::new));
    console.say("All data is gone");
    return MigrationConsole.DONE;
  }

  /** All that is ours; extensions live in the schema too, and whoever migrates may not be allowed to make them anew. */
  private List<String> emptying() {
    List<String> statements = new ArrayList<>(List.of("select pg_advisory_xact_lock(hashtext('task-tracker erasing'))"));
    statements.addAll(schema.ask("""
        select format('drop %s if exists public.%I cascade', case relkind when 'v' then 'view' when 'm' then 'materialized view'
                 when 'S' then 'sequence' else 'table' end, relname)
          from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v', 'm', 'S')
           and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = pg_class.oid and d.deptype in ('e', 'i'))"""));
    statements.addAll(schema.ask("""
        select format('drop routine if exists %s cascade', oid::regprocedure) from pg_proc where pronamespace = 'public'::regnamespace
           and not exists (select from pg_depend d where d.classid = 'pg_proc'::regclass and d.objid = pg_proc.oid and d.deptype = 'e')"""));
    statements.addAll(schema.ask("""
        select format('drop type if exists %s cascade', oid::regtype) from pg_type where typnamespace = 'public'::regnamespace
           and typtype in ('e', 'd', 'r')
           and not exists (select from pg_depend d where d.classid = 'pg_type'::regclass and d.objid = pg_type.oid and d.deptype = 'e')"""));
    return statements;
  }

  /** Deletes the messages, for {@code bin/data}, which has asked for the word by then. */
  int messages(boolean yes) {
    if (!yes) {
      return MigrationConsole.MISUSED;
    }
    if (!schema.pending().isEmpty()) {
      return console.wrong("The schema is not that of this release: bin/migrate apply first. Nothing was deleted");
    }
    String messages = schema.ask("select count(*) from message").getFirst();
    schema.tell(MigrationScripts.clearing(), "analyze message");
    console.say(messages + " messages and what came of them are gone; people, tokens and settings are there");
    return MigrationConsole.DONE;
  }
}
