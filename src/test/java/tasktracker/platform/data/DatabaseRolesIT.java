package tasktracker.platform.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tasktracker.harness.Product;
import tasktracker.harness.ProductTest;

/** Privileges of the server's database role, for an attacker who controls the server. */
@ProductTest
class DatabaseRolesIT {

  private static final String NOT_PERMITTED = "42501";
  /** What PostgreSQL does outside of transactions only. */
  private static final List<String> ALONE = List.of("create database", "alter system");
  private final Product product;
  private final Jdbi server;

  DatabaseRolesIT(Product product) {
    this.product = product;
    this.server = product.services().databaseOfTheServer();
  }

  @Test
  void theServerWorksWithTheRoleOfTheseTests() {
    assertThat(product.count("select count(*) from pg_stat_activity where application_name = 'task-tracker' and usename = ?",
        server.withHandle(DatabaseRolesIT::role))).isPositive();
    assertThat(product.count("select count(*) from pg_stat_activity where application_name = 'task-tracker' and usename <> ?",
        server.withHandle(DatabaseRolesIT::role))).isZero();
  }

  private static String role(Handle sql) {
    return sql.select("select current_user").mapTo(String.class).one();
  }

  @Test
  void theAuditLogCanBeAddedToAndRead() {
    server.useHandle(sql -> {
      sql.begin();
      sql.execute(
          "insert into audit (id, actor, how, action, subject_type) values (gen_random_uuid(), 'Olena', 'system', 'test.done', 'test')");
      assertThat(sql.select("select count(*) from audit where action = 'test.done'").mapTo(Long.class).one()).isPositive();
      sql.rollback();
    });
  }

  @ParameterizedTest
  @ValueSource(strings = {"update audit set actor = 'nobody'", "delete from audit", "truncate audit", "drop table audit",
      "alter table audit disable trigger audit_is_kept", "drop trigger audit_is_kept on audit",
      "drop function refuse_audit_change() cascade",
      "create or replace function refuse_audit_change() returns trigger language plpgsql as 'begin return null; end'",
      "set session_replication_role = replica", "alter table audit owner to current_user", "lock table audit in share mode",
      "create trigger eraser before insert on audit for each row execute function count_messages()",
      "create rule nothing as on insert to audit do instead nothing"})
  void theAuditLogCannotBeChangedByAnyWay(String statement) {
    refused(statement);
  }

  @ParameterizedTest
  @ValueSource(strings = {"create table mine (id int)", "create schema mine",
      "create function mine() returns int language sql as 'select 1'",
      "create extension pg_buffercache", "drop table message", "alter table message add mine int", "truncate message cascade",
      "create index mine on message (id)", "delete from flyway_schema_history", "delete from backup_run",
      "create role mine", "alter role current_user superuser", "grant pg_write_server_files to current_user",
      "copy message to program 'cat'", "copy message from '/etc/passwd'", "select pg_read_file('/etc/passwd')",
      "alter system set fsync = off",
      "create database mine", "set role tasktracker", "set role postgres"})
  void onlyRowsCanBeChanged(String statement) {
    refused(statement);
  }

  private void refused(String statement) {
    assertThatThrownBy(() -> server.useHandle(sql -> {
      sql.getConnection().setAutoCommit(ALONE.stream().anyMatch(statement::startsWith));
      try (var raw = sql.getConnection().createStatement()) {
        raw.execute(statement);
      } finally {
        if (!sql.getConnection().getAutoCommit()) {
          sql.getConnection().rollback();
        }
      }
    })).as(statement)
        .satisfies(refusal -> assertThat(((SQLException) refusal).getSQLState()).as(refusal.getMessage()).isEqualTo(NOT_PERMITTED));
  }

  @Test
  void rowsOfOtherTablesCanBeChanged() {
    var rights = product.database()
        .withHandle(sql -> sql.createQuery("""
            select t.tablename, string_agg(p, ' ' order by p) filter (where has_table_privilege(:role, 'public.' || quote_ident(t.tablename), p)) as rights
              from pg_tables t cross join unnest(array['select', 'insert', 'update', 'delete', 'truncate', 'references', 'trigger']) p
             where t.schemaname = 'public' and t.tableowner = 'tasktracker' group by 1""")
            .bind("role", server.withHandle(DatabaseRolesIT::role))
            .reduceRows(new java.util.TreeMap<String, String>(), (found, row) -> {
              found.put(row.getColumn("tablename", String.class), row.getColumn("rights", String.class));
              return found;
            }));
    assertThat(rights).hasSizeGreaterThan(30)
        .containsAllEntriesOf(Map.of("audit", "insert select", "flyway_schema_history", "select", "backup_run", "select"));
    rights.keySet().removeAll(List.of("audit", "flyway_schema_history", "backup_run"));
    assertThat(rights.values()).containsOnly("delete insert select update");
  }

  @Test
  void newTablesAreGrantedAndExcessPrivilegesRevoked() {
    String role = "grants_" + UUID.randomUUID().toString().replace("-", "");
    try (var other = TestDatabase.create()) {
      var schema = new Schema(other.dataSource());
      schema.execute("create role " + role);
      try {
        new Grants(schema).grantTo(role);
        schema.execute("create table later (id int generated always as identity, number serial)");
        schema.execute("grant all on audit to " + role);
        new Grants(schema).grantTo(role);
        new Grants(schema).grantTo(role);
        assertThat(schema
            .query("select has_table_privilege('%1$s', 'later', 'INSERT') and has_sequence_privilege('%1$s', 'later_number_seq', 'USAGE')"
                .formatted(role)))
            .containsExactly("t");
        assertThat(schema.query("select has_table_privilege('%s', 'audit', 'UPDATE, DELETE, TRUNCATE, TRIGGER')".formatted(role)))
            .containsExactly("f");
      } finally {
        schema.execute("drop owned by " + role);
        schema.execute("drop role " + role);
      }
    }
  }

  @Test
  void aMissingRoleIsNamedWithItsSetting() {
    try (var other = TestDatabase.create()) {
      assertThatThrownBy(() -> new Grants(new Schema(other.dataSource())).grantTo("nobody's")).isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("nobody's").hasMessageContaining("DATABASE_RUNTIME_USER").hasMessageContaining("docs/deploy.md");
    }
  }
}
