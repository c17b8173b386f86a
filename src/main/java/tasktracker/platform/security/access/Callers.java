package tasktracker.platform.security.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.data.Database;
import tasktracker.platform.security.Caller;
import tasktracker.platform.security.RateLimits;
import tasktracker.platform.security.Role;
import tasktracker.platform.security.Secrets;
import tasktracker.platform.security.SecurityConfig;
import tasktracker.platform.web.DefaultTimeZone;
import tasktracker.platform.web.Preferences;

/**
 * Resolves session tokens and API tokens to callers. Thread-safe.
 *
 * <p>Results are cached for three seconds, so that a page with its fragments needs one query. A session or token that is
 * ended on another node is therefore refused here within three seconds, and at once on the node that ended it.
 */
@ApplicationScoped
public class Callers {

  private static final Duration CACHE_TIME = Duration.ofSeconds(3);
  private static final String SESSION = """
      select 'SESSION' as how, a.id as account_id, a.name, a.display_name, a.role as granted, a.role as of_account,
             a.language, a.theme, a.density, a.shortcuts, a.time_zone, s.id as credential_id, true as manages_accounts,
             s.seen_at < now() - interval '1 minute' as is_stale
        from session s join account a on a.id = s.account_id
       where a.is_active and s.expires_at > now() and s.seen_at > now() - :idle * interval '1 second'
         and\s""";
  private static final String TOKEN = """
      select 'TOKEN' as how, a.id as account_id, a.name || '/' || t.name as name, t.name as display_name,
             t.role as granted, case when t.is_bootstrap then t.role else a.role end as of_account,
             a.language, a.theme, a.density, a.shortcuts, a.time_zone, t.id as credential_id,
             t.manages_accounts or t.is_bootstrap as manages_accounts,
             coalesce(t.used_at < now() - interval '1 minute', true) as is_stale
        from api_token t join account a on a.id = t.account_id
       where (a.is_active or t.is_bootstrap) and t.revoked_at is null and coalesce(t.expires_at > now(), true)
         and\s""";

  private final Database database;
  private final SecurityConfig config;
  private final CredentialLookups lookups;
  private final DefaultTimeZone defaultZone;
  private final Cache<String, @Nullable Caller> cache = Caffeine.newBuilder().maximumSize(10_000).expireAfterWrite(CACHE_TIME).build();

  @Inject
  public Callers(Database database, SecurityConfig config, CredentialLookups lookups, DefaultTimeZone defaultZone) {
    this.database = database;
    this.config = config;
    this.lookups = lookups;
    this.defaultZone = defaultZone;
  }

  private record Found(Caller caller, boolean isStale) {}

  /**
   * Finds the caller of a session.
   *
   * @throws tasktracker.platform.web.problem.Problem 429 after too many invalid sessions from the address
   */
  public Optional<Caller> findBySession(String token, String address) {
    return find(token, SESSION + "s.token_hash = :hash", RateLimits.Limit.WRONG_SESSION, address, c -> database.run(h -> h
        .createUpdate("""
            update session set seen_at = now()
             where id = (select id from session where id = ? for no key update skip locked)""")
        .bind(0, c.credentialId()).execute()));
  }

  /**
   * Finds the caller of an API token.
   *
   * @throws tasktracker.platform.web.problem.Problem 429 after too many invalid tokens from the address
   */
  public Optional<Caller> findByToken(String token, String address) {
    return find(token, TOKEN + "t.token_hash = :hash", RateLimits.Limit.WRONG_TOKEN, address, c -> database.run(h -> h
        .createUpdate("""
            update api_token set used_at = now(), used_from = ?
             where id = (select id from api_token where id = ? for no key update skip locked)""")
        .bind(0, address).bind(1, c.credentialId()).execute()));
  }

  /** Exempts a session or token that this node has just created from the rate limit. */
  public void trust(String token) {
    lookups.trust(hex(Secrets.hash(token)));
  }

  private static String hex(byte[] hash) {
    return HexFormat.of().formatHex(hash);
  }

  private Optional<Caller> find(String token, String query, RateLimits.Limit limit, String address, Consumer<Caller> updateUsage) {
    byte[] hash = Secrets.hash(token);
    Function<String, @Nullable Caller> ask = key -> {
      Optional<Found> found = lookups.find(hex(hash), limit, address, () -> ask(query, "hash", hash).findFirst());
      // The last use is written at most once a minute. A row that is locked, for example by another node that does the
      // same, is skipped.
      found.filter(Found::isStale).map(Found::caller).ifPresent(updateUsage);
      return found.map(Found::caller).orElse(null);
    };
    return Optional.ofNullable(cache.get(query.length() + hex(hash), ask));
  }

  private Stream<Found> ask(String query, String name, Object value) {
    return database.ask(h -> h.createQuery(query)
        .configure(SqlStatements.class, s -> s.setUnusedBindingAllowed(true))
        .bind("idle", config.sessionIdle().toSeconds()).bind(name, value).map(this::found).list()).stream();
  }

  private Found found(ResultSet row, StatementContext context) throws SQLException {
    var preferences = new Preferences(row.getString("language"), row.getString("theme"), row.getString("density"),
        row.getBoolean("shortcuts"), defaultZone.or(row.getString("time_zone")));
    Role role = role(row, "granted").atMost(role(row, "of_account"));
    var caller = new Caller(row.getObject("account_id", UUID.class), row.getString("name"), row.getString("display_name"),
        role, Caller.How.valueOf(row.getString("how")), row.getObject("credential_id", UUID.class), preferences,
        role == Role.ADMIN && row.getBoolean("manages_accounts"));
    return new Found(caller, row.getBoolean("is_stale"));
  }

  private static Role role(ResultSet row, String column) throws SQLException {
    return Role.of(row.getString(column)).orElseThrow();
  }

  /** Finds the caller of a session or token in the database, without the cache. */
  public Optional<Caller> now(Caller.How how, UUID credentialId) {
    String query = how == Caller.How.SESSION ? SESSION + "s.id = :id" : TOKEN + "t.id = :id";
    return ask(query, "id", credentialId).findFirst().map(Found::caller);
  }

  /** Clears the cache after accounts, sessions or tokens were changed. */
  public void invalidate() {
    cache.invalidateAll();
  }
}
