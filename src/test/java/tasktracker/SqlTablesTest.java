package tasktracker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SqlTablesTest {

  private static final Set<String> TABLES = Set.of("message", "chat", "job", "person");

  @Test
  void findsTheTableThatAStatementWrites() {
    for (String sql : List.of("insert into message (id) values (1)", "UPDATE message m set x = 1", "delete from only message where true",
        "merge into public.message m using x on true", "truncate table message", "with a as (update\n  \"message\" set x = 1) select 1")) {
      assertThat(find(sql).written()).as(sql).containsExactly("message");
    }
  }

  @Test
  void findsTheTablesThatAStatementReads() {
    assertThat(find("select * from message m, chat c left join person using (id) where exists (select from job)").read())
        .containsExactly("chat", "job", "message", "person");
    assertThat(find("delete from chat c using message m where true").read()).contains("message");
  }

  @Test
  void aLockAndAnUpsertAreNoWriteOfAnotherTable() {
    SqlTables found = find(
        "select id from message for no key update skip locked; insert into job (id) values (1) on conflict do update set x = 1");
    assertThat(found.written()).containsExactly("job");
  }

  @Test
  void otherNamesAndCommentsAreNoTables() {
    SqlTables found = find("select * from latest -- from message\n where true");
    assertThat(found.read()).isEmpty();
    assertThat(found.assembled()).isEmpty();
  }

  @Test
  void aStatementThatHidesItsTableIsFound() {
    for (String sql : List.of("delete from \1 c where true", "update %s set x = 1", "insert into <table>", "select id from \1",
        "update ")) {
      assertThat(find(sql).assembled()).as(sql).hasSize(1);
    }
  }

  @Test
  void findsConstantsOfClassesAlsoInConcatenations() throws IOException {
    try (InputStream file = SqlTablesTest.class.getResourceAsStream("SqlTablesTest$Sample.class")) {
      SqlTables found = SqlTables.ofClass(file, TABLES);
      assertThat(found.written()).containsExactly("message");
      assertThat(found.read()).containsExactly("chat");
    }
  }

  private static SqlTables find(String sql) {
    return SqlTables.of(List.of(sql), TABLES);
  }

  /** Statements in a constant and in a concatenation, beside constants that take two entries of the pool. */
  static final class Sample {
    static final long LONG = 1L << 40;
    static final double DOUBLE = .3;
    static final String UPDATE = "update message set x = 1";

    static String select(String condition) {
      return "select id from chat where " + condition + LONG + DOUBLE;
    }
  }
}
