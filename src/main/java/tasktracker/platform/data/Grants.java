package tasktracker.platform.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Privileges of the role that the server uses: full access to the rows of its tables, and restricted access to tables that
 * must be tamper-proof. The owner grants them after each migration and at each start, so that they include new tables and
 * restored databases. A table that is not listed here gets full access to its rows.
 */
final class Grants {

  private static final String FULL = "DELETE,INSERT,SELECT,UPDATE";
  /** In alphabetical order, because they are compared with the sorted privileges of the table. */
  private static final Map<String, String> RESTRICTED = Map.of("audit", "INSERT,SELECT", "flyway_schema_history", "SELECT", "backup_run",
      "SELECT");
  private static final String NOT_OF_EXTENSIONS = """
      c.relnamespace = 'public'::regnamespace
        and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')""";

  private final Schema schema;

  Grants(Schema schema) {
    this.schema = schema;
  }

  /**
   * Grants the role what it needs and revokes everything else. Idempotent; does nothing when the role is the owner.
   *
   * @throws IllegalStateException when the role does not exist, or the current role does not own the tables
   */
  void grantTo(String role) {
    if (schema.query("select 1 where current_user = " + literal(role)).isEmpty()) {
      requireRole(role);
      List<String> statements = missingGrants(role);
      if (!statements.isEmpty()) {
        // Nodes that start at the same time would update the same rows of the catalogue.
        statements.addFirst("select pg_advisory_xact_lock(hashtext('task-tracker grants'))");
        schema.execute(statements.toArray(String[]::new));
      }
    }
  }

  private void requireRole(String role) {
    if (schema.query("select 1 from pg_roles where rolname = " + literal(role)).isEmpty()) {
      throw new IllegalStateException("The database has no role " + role
          + " (DATABASE_RUNTIME_USER): create it, or remove that setting (docs/deploy.md#roles-of-the-database)");
    }
  }

  private List<String> missingGrants(String role) {
    var statements = new ArrayList<String>();
    statements.addAll(schema.query("""
        select format('grant usage on schema public to %%I', %1$s) where not has_schema_privilege(%1$s, 'public', 'USAGE')
        union all
        select 'revoke create on schema public from public' where has_schema_privilege('public', 'public', 'CREATE')"""
        .formatted(literal(role))));
    statements.addAll(schema.query(tableGrants(role)));
    statements.addAll(schema.query("""
        select format('grant usage, select on sequence public.%%I to %%I', c.relname, %1$s) from pg_class c
         where %2$s and case when c.relkind = 'S' then not has_sequence_privilege(%1$s, c.oid, 'USAGE') else false end"""
        .formatted(literal(role), NOT_OF_EXTENSIONS)));
    return statements;
  }

  private static String tableGrants(String role) {
    String restricted = RESTRICTED.entrySet().stream().map(e -> "(" + literal(e.getKey()) + ", " + literal(e.getValue()) + ")")
        .collect(Collectors.joining(", "));
    return """
        select unnest(array[format('revoke all on public.%%I from %%I', name, %1$s),
                     format('grant %%s on public.%%I to %%I', wanted, name, %1$s)])
          from (select c.relname as name, coalesce(less.privileges, '%2$s') as wanted,
                       (select string_agg(a.privilege_type, ',' order by a.privilege_type)
                          from aclexplode(c.relacl) a where a.grantee = %1$s::regrole) as given
                  from pg_class c left join (values %3$s) less (name, privileges) on less.name = c.relname
                 where c.relkind in ('r', 'p', 'v', 'm') and %4$s) t
         where given is distinct from wanted""".formatted(literal(role), FULL, restricted, NOT_OF_EXTENSIONS);
  }

  private static String literal(String text) {
    return "'" + text.replace("'", "''") + "'";
  }
}
