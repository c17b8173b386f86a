package tasktracker.platform.security.token;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.data.Database;
import tasktracker.platform.data.Ids;
import tasktracker.platform.security.Caller;
import tasktracker.platform.security.Role;
import tasktracker.platform.security.Secrets;
import tasktracker.platform.security.access.Callers;
import tasktracker.platform.security.audit.Audit;
import tasktracker.platform.web.LocalizedMessage;
import tasktracker.platform.web.problem.FormError;
import tasktracker.platform.web.problem.Problem;

/** API tokens. A token is shown once, when it is created; only its hash is stored. */
@ApplicationScoped
public class ApiTokens {

  private static final String PREFIX = "tt_";
  private static final int MAX_DAYS = 3650;

  private final Database database;
  private final Callers callers;
  private final Audit audit;

  @Inject
  public ApiTokens(Database database, Callers callers, Audit audit) {
    this.database = database;
    this.callers = callers;
    this.audit = audit;
  }

  /**
   * A token for pages and the API.
   *
   * @param owner sign-in name of its account
   * @param hint its last four characters
   * @param status {@code active}, {@code expired} or {@code revoked}
   * @param revokedReason {@code revoked}, {@code password_changed} or {@code account_disabled}; null when it is not
   *     revoked, or was revoked before reasons were recorded
   * @param managesAccounts whether it may manage accounts, sessions and tokens
   */
  public record TokenRow(UUID id, String name, String role, String owner, String hint, boolean isBootstrap,
      Instant createdAt, @Nullable Instant expiresAt, @Nullable Instant usedAt, @Nullable String usedFrom, String status,
      @Nullable String revokedReason, boolean managesAccounts) {}

  /** A new token; {@code token} is the secret. */
  public record CreatedToken(UUID id, String name, String role, boolean managesAccounts, String token) {}

  /** The reason for revoking all tokens of an account. */
  public enum Reason {
    PASSWORD_CHANGED, ACCOUNT_DISABLED;

    String wire() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Creates a token for the account of the caller.
   *
   * @param role its role; when it is used, the role of its account is the upper limit
   * @param days days until it expires, 1 to 3650, or null for never
   * @param managesAccounts whether it may manage accounts, sessions and tokens
   * @throws Problem 422 when a value is invalid, 403 when the caller may not grant the scope
   */
  @Transactional
  public CreatedToken create(Caller by, String name, Role role, @Nullable Integer days, boolean managesAccounts) {
    requireScope(by, role, managesAccounts);
    String validName = validateName(name);
    if (days != null && (days < 1 || days > MAX_DAYS)) {
      throw FormError.invalid("token.days");
    }
    String token = PREFIX + Secrets.random();
    UUID id = insert(by.accountId(), validName, role, token, days, false, managesAccounts);
    callers.trust(token);
    audit.record("token.made", "token", id, Map.of("name", validName, "role", role.wire(), "manages_accounts", managesAccounts));
    return new CreatedToken(id, validName, role.wire(), managesAccounts, token);
  }

  private static void requireScope(Caller by, Role role, boolean managesAccounts) {
    if (managesAccounts && role != Role.ADMIN) {
      throw FormError.invalid("token.scope");
    }
    if (managesAccounts && !by.managesAccounts()) {
      throw Problem.forbidden(LocalizedMessage.of("security.refused.token.give"));
    }
  }

  private static String validateName(String given) {
    String name = given.strip();
    if (name.isEmpty() || name.length() > 100 || name.chars().anyMatch(Character::isISOControl)) {
      throw FormError.invalid("token.name");
    }
    return name;
  }

  private UUID insert(UUID account, String name, Role role, String token, @Nullable Integer days, boolean bootstrap,
      boolean managesAccounts) {
    UUID id = Ids.next();
    database.run(h -> h.createUpdate("""
            insert into api_token (id, account_id, name, role, token_hash, hint, is_bootstrap, manages_accounts, expires_at)
            values (:id, :account, :name, :role, :hash, :hint, :bootstrap, :manages,
                    now() + cast(:days as int) * interval '1 day')""")
        .bind("id", id).bind("account", account).bind("name", name).bind("role", role.wire())
        .bind("hash", Secrets.hash(token)).bind("hint", bootstrap ? "" : token.substring(token.length() - 4))
        .bind("bootstrap", bootstrap).bind("manages", managesAccounts).bind("days", days).execute());
    return id;
  }

  /** Lists all tokens, also expired and revoked ones, newest first. */
  public List<TokenRow> all() {
    return database.ask(h -> h.createQuery("""
            select t.id, t.name, t.role, a.name as owner, t.hint, t.is_bootstrap, t.created_at, t.expires_at, t.used_at,
                   t.used_from, case when t.revoked_at is not null then 'revoked'
                                     when t.expires_at <= now() then 'expired' else 'active' end as status,
                   t.revoked_reason, t.manages_accounts or t.is_bootstrap as manages_accounts
              from api_token t join account a on a.id = t.account_id
             order by t.created_at desc, t.id desc limit 1000""")
        .map(Database.to(TokenRow.class)).list());
  }

  /**
   * Revokes a token at once.
   *
   * @throws Problem 404 when there is none, 409 for ADMIN_TOKEN
   */
  @Transactional
  public void revoke(UUID id) {
    int revoked = database.ask(h -> h.createUpdate("""
            update api_token set revoked_reason = case when revoked_at is null then 'revoked' else revoked_reason end,
                   revoked_at = coalesce(revoked_at, now())
             where id = ? and not is_bootstrap""").bind(0, id).execute());
    if (revoked == 0) {
      throw all().stream().anyMatch(t -> t.id().equals(id))
          ? FormError.alreadyExists("token.bootstrap")
          : Problem.notFound(LocalizedMessage.of("problem.none.token"));
    }
    callers.invalidate();
    audit.record("token.revoked", "token", id, Map.of());
  }

  /** Revokes all tokens of an account, except ADMIN_TOKEN, which belongs to the operator. */
  @Transactional
  public void revokeAllOf(UUID account, Reason reason) {
    int revoked = database.ask(h -> h.createUpdate("""
            update api_token set revoked_at = now(), revoked_reason = :reason
             where account_id = :account and revoked_at is null and not is_bootstrap""")
        .bind("account", account).bind("reason", reason.wire()).execute());
    callers.invalidate();
    if (revoked > 0) {
      audit.record("token.all_revoked", "account", account, Map.of("tokens", revoked, "reason", reason.wire()));
    }
  }

  /** Stores the token of the setting ADMIN_TOKEN and removes an earlier one. Null only removes it. */
  @Transactional
  public void setBootstrapToken(UUID account, @Nullable String token) {
    database.run(h -> h.createUpdate("select pg_advisory_xact_lock(hashtext('bootstrap token'))").execute());
    boolean exists = token != null && isBootstrap(token);
    if (!exists) {
      database.run(h -> h.createUpdate("delete from api_token where is_bootstrap").execute());
    }
    if (token != null) {
      callers.trust(token);
    }
    if (token != null && !exists) {
      insert(account, "ADMIN_TOKEN", Role.ADMIN, token, null, true, true);
    }
  }

  private boolean isBootstrap(String token) {
    return database.ask(h -> h.createQuery("select 1 from api_token where is_bootstrap and token_hash = ?")
        .bind(0, Secrets.hash(token)).mapTo(Integer.class).findOne()).isPresent();
  }
}
