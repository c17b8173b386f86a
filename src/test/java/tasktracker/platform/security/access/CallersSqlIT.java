package tasktracker.platform.security.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tasktracker.platform.data.Database;
import tasktracker.platform.data.Ids;
import tasktracker.platform.data.OpenTransaction;
import tasktracker.platform.data.TestDatabase;
import tasktracker.platform.security.Caller;
import tasktracker.platform.security.RateLimits;
import tasktracker.platform.security.Secrets;
import tasktracker.platform.security.SecurityConfig;
import tasktracker.platform.web.DefaultTimeZone;
import tasktracker.platform.web.problem.Problem;

/** Recording the last use of a session or token never waits for a locked row. */
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
    database
        .run(sql -> sql.execute("insert into account (id, name, display_name, role, password_hash) values (?, ?, 'Olena', 'reviewer', 'x')",
            account, "olena-" + account));
  }

  private static Callers on(OpenTransaction transaction) {
    return callers(transaction.database());
  }

  private static Callers callers(Database database) {
    var config = new SecurityConfig(name -> Optional.empty());
    return new Callers(database, config, new CredentialLookups(new RateLimits(config)), new DefaultTimeZone("UTC"));
  }

  @Test
  void aSessionIsFoundWhileItsRowIsLocked() {
    olenaHasAnAccount();
    database.run(sql -> sql.execute("""
        insert into session (id, token_hash, account_id, seen_at, expires_at)
        values (?, ?, ?, now() - interval '5 minutes', now() + interval '1 day')""", credential, Secrets.hash(TOKEN), account));
    try (var one = OpenTransaction.on(schema); var other = OpenTransaction.on(schema)) {
      assertThat(on(one).findBySession(TOKEN, "10.0.0.7")).isPresent();
      assertThat(on(other).findBySession(TOKEN, "10.0.0.7")).isPresent();
      one.commit();
    }
    assertThat(isFresh("select seen_at > now() - interval '1 minute' from session where id = ?")).isTrue();
  }

  @Test
  void aTokenIsFoundWhileItsRowIsLocked() {
    olenaHasAnAccount();
    database.run(sql -> sql.execute("""
        insert into api_token (id, account_id, name, role, token_hash, hint) values (?, ?, 'loader', 'reviewer', ?, 'test')""",
        credential, account, Secrets.hash(TOKEN)));
    try (var one = OpenTransaction.on(schema); var other = OpenTransaction.on(schema)) {
      assertThat(on(one).findByToken(TOKEN, "10.0.0.7")).isPresent();
      assertThat(on(other).findByToken(TOKEN, "10.0.0.8")).isPresent();
      one.commit();
    }
    assertThat(isFresh("select used_at > now() - interval '1 minute' from api_token where id = ?")).isTrue();
  }

  /** Her session and her program are known here; so is who has just signed in. All come from the address of the flood. */
  @Test
  void invalidCredentialsAreLimitedWithoutAffectingValidOnes() {
    olenaHasAnAccount();
    addSession("her-session");
    addToken("a-program");
    addSession("another-session");
    AtomicInteger questions = new AtomicInteger();
    Callers callers = callers(counting(questions));
    assertThat(callers.findBySession("her-session", "10.0.0.7")).isPresent();
    assertThat(callers.findByToken("a-program", "10.0.0.7")).isPresent();
    questions.set(0);
    flood(i -> callers.findByToken("invented " + i, "10.0.0.7"));
    flood(i -> callers.findBySession("invented " + i, "10.0.0.7"));
    assertThat(questions.get()).isBetween(660, 2_000);
    callers.invalidate();
    assertThat(callers.findBySession("her-session", "10.0.0.7")).isPresent();
    assertThat(callers.findByToken("a-program", "10.0.0.7")).isPresent();
    assertThat(IntStream.range(0, 20).anyMatch(i -> isRefusedRightAfterAFlood(callers, "another-session-" + i))).isTrue();
    assertThat(callers.findBySession("another-session", "10.0.0.8")).isPresent();
    callers.trust("yet-another");
    addSession("yet-another");
    assertThat(callers.findBySession("yet-another", "10.0.0.7")).isPresent();
  }

  /** The limit lets ten more in each second, so on a slow machine one may get in between. */
  private boolean isRefusedRightAfterAFlood(Callers callers, String session) {
    addSession(session);
    flood(i -> callers.findBySession("invented again " + i, "10.0.0.7"));
    try {
      return callers.findBySession(session, "10.0.0.7").isEmpty();
    } catch (Problem refused) {
      return true;
    }
  }

  @Test
  void anEndedSessionCountsFromItsSecondLookup() {
    olenaHasAnAccount();
    addSession("ends soon");
    AtomicInteger questions = new AtomicInteger();
    Callers callers = callers(counting(questions));
    assertThat(callers.findBySession("ends soon", "10.0.0.7")).isPresent();
    database.run(sql -> sql.execute("delete from session where token_hash = ?", Secrets.hash("ends soon")));
    callers.invalidate();
    questions.set(0);
    flood(i -> callers.findBySession("ends soon", "10.0.0.7"));
    assertThat(questions.get()).isBetween(600, 1_500);
  }

  private static void flood(IntFunction<Optional<Caller>> lookUp) {
    for (int i = 0; i < 3_000; i++) {
      try {
        assertThat(lookUp.apply(i)).isEmpty();
      } catch (Problem tooMany) {
        assertThat(tooMany.status()).isEqualTo(429);
      }
    }
  }

  private void addSession(String token) {
    database
        .run(sql -> sql.execute("insert into session (id, token_hash, account_id, expires_at) values (?, ?, ?, now() + interval '1 day')",
            Ids.next(), Secrets.hash(token), account));
  }

  private void addToken(String token) {
    database.run(
        sql -> sql.execute("insert into api_token (id, account_id, name, role, token_hash, hint) values (?, ?, ?, 'reviewer', ?, 'test')",
            Ids.next(), account, token, Secrets.hash(token)));
  }

  /** Counts how often a connection is asked for. */
  private static Database counting(AtomicInteger questions) {
    DataSource pooled = schema.transactional();
    DataSource source = (DataSource) Proxy.newProxyInstance(CallersSqlIT.class.getClassLoader(), new Class<?>[]{DataSource.class},
        (proxy, method, arguments) -> {
          questions.incrementAndGet();
          return pooled.getConnection();
        });
    return new Database(source);
  }

  private boolean isFresh(String query) {
    return database.ask(sql -> sql.select(query, credential).mapTo(Boolean.class).one());
  }
}
