package tasktracker.platform.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tasktracker.platform.data.Database;
import tasktracker.platform.data.Ids;
import tasktracker.platform.data.OpenTransaction;
import tasktracker.platform.data.TestDatabase;

/** Whoever notes that a session or token was used waits for nobody who has its row locked. */
class CallersSqlIT {

  private static final String TOKEN = "a-token-of-a-test";
  private static TestDatabase schema;
  private static Database database;
  private final UUID account = Ids.next();
  private final UUID credential = Ids.next();

  @BeforeAll
  static void migrate() {
    schema = TestDatabase.create();
    database = schema.database();
  }

  @AfterAll
  static void drop() {
    schema.close();
  }

  private void olenaHasAnAccount() {
    database.run(sql -> sql.execute("insert into account (id, name, display_name, role, password_hash) values (?, ?, 'Olena', 'reviewer', 'x')",
        account, "olena-" + account));
  }

  private static Callers on(OpenTransaction transaction) {
    return new Callers(transaction.database(), new SecurityConfig(name -> Optional.empty()));
  }

  @Test
  void aSessionIsLetInWhileItsRowIsLocked() {
    olenaHasAnAccount();
    database.run(sql -> sql.execute("""
        insert into session (id, token_hash, account_id, seen_at, expires_at)
        values (?, ?, ?, now() - interval '5 minutes', now() + interval '1 day')""", credential, Secrets.hash(TOKEN), account));
    try (var one = OpenTransaction.on(schema); var other = OpenTransaction.on(schema)) {
      assertThat(on(one).ofSession(TOKEN)).isPresent();
      assertThat(on(other).ofSession(TOKEN)).isPresent();
      one.commit();
    }
    assertThat(isFresh("select seen_at > now() - interval '1 minute' from session where id = ?")).isTrue();
  }

  @Test
  void aTokenIsLetInWhileItsRowIsLocked() {
    olenaHasAnAccount();
    database.run(sql -> sql.execute("""
        insert into api_token (id, account_id, name, role, token_hash, hint) values (?, ?, 'loader', 'reviewer', ?, 'test')""",
        credential, account, Secrets.hash(TOKEN)));
    try (var one = OpenTransaction.on(schema); var other = OpenTransaction.on(schema)) {
      assertThat(on(one).ofToken(TOKEN, "10.0.0.7")).isPresent();
      assertThat(on(other).ofToken(TOKEN, "10.0.0.8")).isPresent();
      one.commit();
    }
    assertThat(isFresh("select used_at > now() - interval '1 minute' from api_token where id = ?")).isTrue();
  }

  private boolean isFresh(String query) {
    return database.ask(sql -> sql.select(query, credential).mapTo(Boolean.class).one());
  }
}
