package tasktracker.platform.security;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.data.Database;
import tasktracker.platform.data.Ids;

/**
 * Who is signed in where. Sessions are rows, so they survive a restart and hold on every node; only hashes of their
 * tokens are kept.
 */
@ApplicationScoped
public class Sessions {

  private static final int PRUNED_AT_ONCE = 100;
  private final Database database;
  private final SecurityConfig config;
  private final Callers callers;
  private final Audit audit;

  @SuppressWarnings("NullAway")
  protected Sessions() {
    this(null, null, null, null); // for the container's proxy
  }

  @Inject
  public Sessions(Database database, SecurityConfig config, Callers callers, Audit audit) {
    this.database = database;
    this.config = config;
    this.callers = callers;
    this.audit = audit;
  }

  /** One place where an account is signed in; {@code current} is the one that asks. */
  public record OpenSession(UUID id, @Nullable String address, @Nullable String userAgent, Instant createdAt,
      Instant seenAt, Instant expiresAt, boolean current) {}

  /** Begins a session and gives its token, which goes into the cookie and is kept nowhere else. */
  protected String begin(UUID account, String address, @Nullable String userAgent) {
    String token = Secrets.random();
    prune();
    database.run(h -> h.createUpdate("""
            insert into session (id, token_hash, account_id, address, user_agent, expires_at)
            values (:id, :hash, :account, :address, left(:userAgent, 300), now() + :longest * interval '1 second')""")
        .bind("id", Ids.next()).bind("hash", Secrets.hash(token)).bind("account", account)
        .bind("address", address).bind("userAgent", userAgent)
        .bind("longest", config.sessionLongest().toSeconds()).execute());
    return token;
  }

  /** A few at each sign-in are enough; none that somebody has locked is waited for. */
  private void prune() {
    database.run(h -> h.createUpdate("""
            delete from session where id in (
              select id from session where expires_at < now() limit :most for update skip locked)""")
        .bind("most", PRUNED_AT_ONCE).execute());
  }

  /** Where an account is signed in, last seen first. */
  public List<OpenSession> of(UUID account, UUID current) {
    return database.ask(h -> h.createQuery("""
            select id, address, user_agent, created_at, seen_at, expires_at, id = :current as current
              from session
             where account_id = :account and expires_at > now() and seen_at > now() - :idle * interval '1 second'
             order by seen_at desc""")
        .bind("account", account).bind("current", current).bind("idle", config.sessionIdle().toSeconds())
        .map(Database.to(OpenSession.class)).list());
  }

  /** Ends the session of that token, if it is one, because its browser signs out. */
  @Transactional
  protected void endOf(String token) {
    ended(token);
  }

  /** Ends the session of that token, if it is one, because another begins in its browser. */
  @Transactional
  protected void replace(String token) {
    ended(token).ifPresent(id -> audit.record("session.ended", "session", id, Map.of("reason", "replaced")));
  }

  private Optional<UUID> ended(String token) {
    Optional<UUID> ended = database.ask(h -> h.createQuery("delete from session where token_hash = ? returning id")
        .bind(0, Secrets.hash(token)).mapTo(UUID.class).findOne());
    callers.forget();
    return ended;
  }

  /** Ends one session of an account; another account's stays untouched. */
  @Transactional
  public boolean end(UUID id, UUID account) {
    int ended = database.ask(h -> h.createUpdate("delete from session where id = :id and account_id = :account")
        .bind("id", id).bind("account", account).execute());
    callers.forget();
    if (ended > 0) {
      audit.record("session.ended", "session", id, Map.of("reason", "signed_out"));
    }
    return ended > 0;
  }

  /**
   * Signs an account out everywhere but in one session, or everywhere when that is null.
   *
   * @param reason why, as the audit log has it: {@code password_changed}, {@code role_changed}, {@code account_disabled}
   */
  @Transactional
  protected void endAllOf(UUID account, @Nullable UUID except, String reason) {
    int ended = database.ask(h -> h.createUpdate("delete from session where account_id = :account and id is distinct from cast(:except as uuid)")
        .bind("account", account).bindByType("except", except, UUID.class).execute());
    callers.forget();
    if (ended > 0) {
      audit.record("session.all_ended", "account", account, Map.of("sessions", ended, "reason", reason));
    }
  }
}
