package tasktracker.platform.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Deletes data permanently. The caller has asked for confirmation before. */
final class DataEraser {

  private final Schema schema;
  private final MigrationConsole console;

  DataEraser(Schema schema, MigrationConsole console) {
    this.schema = schema;
    this.console = console;
  }

  /** Deletes everything. Refused while other sessions use the database. */
  int eraseAll(boolean isConfirmed) {
    List<String> others = schema.query("""
        select distinct coalesce(nullif(application_name, ''), 'somebody') from pg_stat_activity
        where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'""");
    if (!others.isEmpty()) {
      return console.fail("The database is in use (" + String.join(", ", Set.copyOf(others)) + "): stop these programs first");
    }
    if (!isConfirmed) {
      return MigrationConsole.USAGE;
    }
    schema.execute(dropStatements().toArray(String[]::new));
    console.print("All data was deleted");
    return MigrationConsole.DONE;
  }

  /** Statements that drop all objects of the product, but not those of extensions, which the role may not be allowed to create again. */
  private List<String> dropStatements() {
    List<String> statements = new ArrayList<>(List.of("select pg_advisory_xact_lock(hashtext('task-tracker erasing'))"));
    statements.addAll(schema.query(
        """
        select format('drop %s if exists public.%I cascade', case relkind when 'v' then 'view' when 'm' then 'materialized view'
                 when 'S' then 'sequence' else 'table' end, relname)
          from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v', 'm', 'S')
           and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = pg_class.oid
                          and d.deptype in ('e', 'i'))"""));
    statements.addAll(schema.query(
        """
        select format('drop routine if exists %s cascade', oid::regprocedure) from pg_proc where pronamespace = 'public'::regnamespace
           and not exists (select from pg_depend d where d.classid = 'pg_proc'::regclass and d.objid = pg_proc.oid
                          and d.deptype = 'e')"""));
    statements.addAll(schema.query(
        """
        select format('drop type if exists %s cascade', oid::regtype) from pg_type where typnamespace = 'public'::regnamespace
           and typtype in ('e', 'd', 'r')
           and not exists (select from pg_depend d where d.classid = 'pg_type'::regclass and d.objid = pg_type.oid
                          and d.deptype = 'e')"""));
    return statements;
  }

  /** Deletes the messages, for {@code bin/data}, which has asked for confirmation. */
  int eraseMessages(boolean isConfirmed) {
    if (!isConfirmed) {
      return MigrationConsole.USAGE;
    }
    if (!schema.pending().isEmpty()) {
      return console.fail("Nothing was deleted: migrations are pending. Run bin/migrate apply first");
    }
    String messages = schema.query("select count(*) from message").getFirst();
    schema.execute(MigrationScripts.clearMessages(), "analyze message");
    console.print("Deleted " + messages + " messages and everything derived from them; people, tokens and settings are unchanged");
    return MigrationConsole.DONE;
  }
}
