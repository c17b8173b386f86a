package tasktracker.platform.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What the role that the server works with may do: rows of its tables, and of those that must not be changed behind
 * somebody's back only what is needed. Given by the owner after each migration and at each start, so that it reaches new
 * tables and databases that were restored. A table that is named nowhere here has rows that may be changed.
 */
final class Grants {

  private static final String ROWS = "DELETE,INSERT,SELECT,UPDATE";
  /** In the order of the alphabet, as they are compared with what a table says. */
  private static final Map<String, String> LESS =
      Map.of("audit", "INSERT,SELECT", "flyway_schema_history", "SELECT", "backup_run", "SELECT");
  private static final String OURS = """
      c.relnamespace = 'public'::regnamespace
        and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')""";

  private final Schema schema;

  Grants(Schema schema) {
    this.schema = schema;
  }

  /**
   * Gives the role what it needs and takes away what it does not. Changes nothing where all is as it should be, or where
   * the role is that of the owner.
   *
   * @throws IllegalStateException when there is no such role, or when whoever migrates does not own the tables
   */
  void giveTo(String role) {
    if (schema.ask("select 1 where current_user = " + literal(role)).isEmpty()) {
      requireRole(role);
      List<String> statements = missing(role);
      if (!statements.isEmpty()) {
        // Nodes that start at once would change the same rows of the catalogue.
        statements.addFirst("select pg_advisory_xact_lock(hashtext('task-tracker grants'))");
        schema.tell(statements.toArray(String[]::new));
      }
    }
  }

  private void requireRole(String role) {
    if (schema.ask("select 1 from pg_roles where rolname = " + literal(role)).isEmpty()) {
      throw new IllegalStateException("The database has no role " + role
          + " (DATABASE_RUNTIME_USER): make it, or take that setting away (docs/deploy.md#roles-of-the-database)");
    }
  }

  private List<String> missing(String role) {
    var statements = new ArrayList<String>();
    statements.addAll(schema.ask("""
        select format('grant usage on schema public to %%I', %1$s) where not has_schema_privilege(%1$s, 'public', 'USAGE')
        union all
        select 'revoke create on schema public from public' where has_schema_privilege('public', 'public', 'CREATE')"""
        .formatted(literal(role))));
    statements.addAll(schema.ask(tables(role)));
    statements.addAll(schema.ask("""
        select format('grant usage, select on sequence public.%%I to %%I', c.relname, %1$s) from pg_class c
         where %2$s and case when c.relkind = 'S' then not has_sequence_privilege(%1$s, c.oid, 'USAGE') else false end"""
        .formatted(literal(role), OURS)));
    return statements;
  }

  private static String tables(String role) {
    String less = LESS.entrySet().stream().map(e -> "(" + literal(e.getKey()) + ", " + literal(e.getValue()) + ")")
        .collect(Collectors.joining(", "));
    return """
        select unnest(array[format('revoke all on public.%%I from %%I', name, %1$s), format('grant %%s on public.%%I to %%I', wanted, name, %1$s)])
          from (select c.relname as name, coalesce(less.privileges, '%2$s') as wanted,
                       (select string_agg(a.privilege_type, ',' order by a.privilege_type)
                          from aclexplode(c.relacl) a where a.grantee = %1$s::regrole) as given
                  from pg_class c left join (values %3$s) less (name, privileges) on less.name = c.relname
                 where c.relkind in ('r', 'p', 'v', 'm') and %4$s) t
         where given is distinct from wanted""".formatted(literal(role), ROWS, less, OURS);
  }

  private static String literal(String text) {
    return "'" + text.replace("'", "''") + "'";
  }
}
