package tasktracker.platform.security.session;

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
import tasktracker.platform.security.Secrets;
import tasktracker.platform.security.SecurityConfig;
import tasktracker.platform.security.access.Callers;
import tasktracker.platform.security.audit.Audit;

/**
 * The sessions of users. They are stored in the database, so they survive a restart and are valid on every node. Only the
 * hashes of their tokens are stored.
 */
@ApplicationScoped
public class Sessions {

  private static final int PRUNE_BATCH = 100;
  private final Database database;
  private final SecurityConfig config;
  private final Callers callers;
  private final Audit audit;

  @Inject
  public Sessions(Database database, SecurityConfig config, Callers callers, Audit audit) {
    this.database = database;
    this.config = config;
    this.callers = callers;
    this.audit = audit;
  }

  /** An active session of an account; {@code current} is the session of the request. */
  public record OpenSession(UUID id, @Nullable String address, @Nullable String userAgent, Instant createdAt,
      Instant seenAt, Instant expiresAt, boolean current) {}

  /** Starts a session and returns its token for the cookie. */
  protected String begin(UUID account, String address, @Nullable String userAgent) {
    String token = Secrets.random();
    prune();
    database.run(h -> h.createUpdate("""
            insert into session (id, token_hash, account_id, address, user_agent, expires_at)
            values (:id, :hash, :account, :address, left(:userAgent, 300), now() + :longest * interval '1 second')""")
        .bind("id", Ids.next()).bind("hash", Secrets.hash(token)).bind("account", account)
        .bind("address", address).bind("userAgent", userAgent)
        .bind("longest", config.sessionMaxAge().toSeconds()).execute());
    return token;
  }

  /** Deletes some expired sessions; rows that are locked are skipped. */
  private void prune() {
    database.run(h -> h.createUpdate("""
            delete from session where id in (
              select id from session where expires_at < now() limit :most for update skip locked)""")
        .bind("most", PRUNE_BATCH).execute());
  }

  /** Lists the active sessions of an account, the most recently used first. */
  public List<OpenSession> of(UUID account, UUID current) {
    return database.ask(h -> h.createQuery("""
            select id, address, user_agent, created_at, seen_at, expires_at, id = :current as current
              from session
             where account_id = :account and expires_at > now() and seen_at > now() - :idle * interval '1 second'
             order by seen_at desc""")
        .bind("account", account).bind("current", current).bind("idle", config.sessionIdle().toSeconds())
        .map(Database.to(OpenSession.class)).list());
  }

  /** Ends the session of the token at a sign-out. */
  @Transactional
  protected void endByToken(String token) {
    deleteByToken(token);
  }

  /** Ends the session of the token because a new one starts in the same browser. */
  @Transactional
  protected void replace(String token) {
    deleteByToken(token).ifPresent(id -> audit.record("session.ended", "session", id, Map.of("reason", "replaced")));
  }

  private Optional<UUID> deleteByToken(String token) {
    Optional<UUID> ended = database.ask(h -> h.createQuery("delete from session where token_hash = ? returning id")
        .bind(0, Secrets.hash(token)).mapTo(UUID.class).findOne());
    callers.invalidate();
    return ended;
  }

  /** Ends a session, if it belongs to the account. */
  @Transactional
  public boolean end(UUID id, UUID account) {
    int ended = database.ask(h -> h.createUpdate("delete from session where id = :id and account_id = :account")
        .bind("id", id).bind("account", account).execute());
    callers.invalidate();
    if (ended > 0) {
      audit.record("session.ended", "session", id, Map.of("reason", "signed_out"));
    }
    return ended > 0;
  }

  /**
   * Ends all sessions of an account, except one if it is not null.
   *
   * @param reason the reason in the audit log: {@code password_changed}, {@code role_changed}, {@code account_disabled}
   */
  @Transactional
  public void endAllOf(UUID account, @Nullable UUID except, String reason) {
    int ended = database
        .ask(h -> h.createUpdate("delete from session where account_id = :account and id is distinct from cast(:except as uuid)")
            .bind("account", account).bindByType("except", except, UUID.class).execute());
    callers.invalidate();
    if (ended > 0) {
      audit.record("session.all_ended", "account", account, Map.of("sessions", ended, "reason", reason));
    }
  }
}
