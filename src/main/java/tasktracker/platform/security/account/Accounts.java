package tasktracker.platform.security.account;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.PersistenceException;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.data.Database;
import tasktracker.platform.data.UniqueViolation;
import tasktracker.platform.security.Role;
import tasktracker.platform.security.access.Callers;
import tasktracker.platform.security.audit.Audit;
import tasktracker.platform.security.session.KnownDevices;
import tasktracker.platform.security.session.Sessions;
import tasktracker.platform.security.token.ApiTokens;
import tasktracker.platform.security.token.ApiTokens.Reason;
import tasktracker.platform.web.LocalizedMessage;
import tasktracker.platform.web.Preferences;
import tasktracker.platform.web.problem.FormError;
import tasktracker.platform.web.problem.Problem;

/** Creates and changes accounts. A lost permission takes effect in all open sessions within seconds. */
@ApplicationScoped
public class Accounts {

  private static final String ROWS = """
      select id, name, display_name, role, is_active, created_at, signed_in_at, password_changed_at from account\s""";

  @PersistenceContext private EntityManager entities;
  @Inject Database database;
  @Inject Sessions sessions;
  @Inject ApiTokens tokens;
  @Inject KnownDevices devices;
  @Inject Callers callers;
  @Inject Audit audit;
  @Inject Clock clock;

  /** The hash that a password is checked against. */
  record StoredPassword(UUID id, String passwordHash) {}

  /**
   * Creates an account.
   *
   * @throws Problem 409 when the name is taken, 422 when a value is invalid
   */
  @Transactional
  protected AccountRow add(String signInName, String displayName, Role role, String passwordHash) {
    requireFree(signInName);
    return save(new Account(signInName, displayName, role, passwordHash, now()));
  }

  /** @throws Problem 409 when an account has that name */
  protected void requireFree(String signInName) {
    if (findId(signInName).isPresent()) {
      throw FormError.alreadyExists("account.taken");
    }
  }

  /** Creates the first administrator, unless another node has done so. */
  @Transactional
  protected Optional<AccountRow> addFirst(String name, String passwordHash) {
    database.run(h -> h.createUpdate("lock table account in exclusive mode").execute());
    return isEmpty() ? Optional.of(save(new Account(name, name, Role.ADMIN, passwordHash, now()))) : Optional.empty();
  }

  private AccountRow save(Account account) {
    insert(account);
    audit.record("account.added", "account", account.id(), Map.of("name", account.name(), "role", account.role().wire()));
    return account.row();
  }

  /** Another request may have created an account with the name since the check. */
  private void insert(Account account) {
    try {
      entities.persist(account);
      entities.flush();
    } catch (PersistenceException failure) {
      throw UniqueViolation.isIn(failure) ? FormError.alreadyExists("account.taken") : failure;
    }
  }

  /** Finds the hash of an active account. */
  protected Optional<StoredPassword> findPassword(String name) {
    return database.ask(h -> h.createQuery("select id, password_hash from account where name = ? and is_active")
        .bind(0, name).map(Database.to(StoredPassword.class)).findOne());
  }

  /** @throws Problem 404 when there is no such account */
  protected String passwordHash(UUID id) {
    return database.ask(h -> h.createQuery("select password_hash from account where id = ?").bind(0, id).mapTo(String.class).findOne())
        .orElseThrow(() -> Problem.notFound(LocalizedMessage.of("problem.none.account")));
  }

  /**
   * Records a sign-in, and stores the new hash of the password if there is one. Empty when the password was changed or the
   * account disabled since the check.
   */
  @Transactional
  public Optional<Account> recordSignIn(AccountPasswords.Checked checkedHash) {
    Account account = require(checkedHash.account());
    if (!account.isActive() || !account.passwordHash().equals(checkedHash.hash())) {
      return Optional.empty();
    }
    Optional.ofNullable(checkedHash.newHash()).ifPresent(account::rehash);
    account.recordSignIn(now());
    return Optional.of(account);
  }

  @Transactional
  public AccountRow rename(UUID id, String displayName) {
    Account account = require(id);
    account.rename(displayName, now());
    return changed(account, "account.renamed", Map.of("display_name", account.displayName()));
  }

  /**
   * Changes the role of an account. A lower role ends its sessions.
   *
   * @throws Problem 409 when it is the last active administrator
   */
  @Transactional
  public AccountRow changeRole(UUID id, Role role) {
    Account account = requireAfterLockingAdmins(id);
    Role before = account.role();
    if (before == role) {
      return account.row();
    }
    requireAnotherAdmin(account, role != Role.ADMIN);
    account.changeRole(role, now());
    endSessionsIfReduced(account, before);
    return changed(account, "account.role_changed", Map.of("from", before.wire(), "to", role.wire()));
  }

  private void endSessionsIfReduced(Account account, Role before) {
    if (!account.role().includes(before)) {
      sessions.endAllOf(account.id(), null, "role_changed");
    }
  }

  /** Disables an account at once and revokes its tokens. Its name stays taken. */
  @Transactional
  public AccountRow deactivate(UUID id) {
    Account account = requireAfterLockingAdmins(id);
    requireAnotherAdmin(account, true);
    account.deactivate(now());
    sessions.endAllOf(id, null, "account_disabled");
    tokens.revokeAllOf(id, Reason.ACCOUNT_DISABLED);
    return changed(account, "account.deactivated", Map.of());
  }

  /** Enables a disabled account. Its tokens stay revoked. */
  @Transactional
  public AccountRow activate(UUID id) {
    Account account = require(id);
    revokeIfDisabled(account);
    account.activate(now());
    return changed(account, "account.activated", Map.of());
  }

  /** A node of an earlier release may have disabled it without revoking its tokens. */
  private void revokeIfDisabled(Account account) {
    if (!account.isActive()) {
      tokens.revokeAllOf(account.id(), Reason.ACCOUNT_DISABLED);
    }
  }

  /** Applies all changes or none. */
  @Transactional
  protected AccountRow change(UUID id, AccountPasswords.Changes changes, @Nullable String passwordHash) {
    if (changes.role() != null || changes.isActive() != null) {
      activeAdmins(LockModeType.PESSIMISTIC_WRITE); // before the account itself; all methods that lock both use this order
    }
    Optional.ofNullable(changes.role()).ifPresent(role -> changeRole(id, role));
    Optional.ofNullable(changes.displayName()).ifPresent(name -> rename(id, name));
    Optional.ofNullable(passwordHash).ifPresent(hash -> setPassword(id, hash, null));
    Optional.ofNullable(changes.isActive()).ifPresent(active -> setActive(id, active));
    entities.flush();
    return get(id);
  }

  private void setActive(UUID id, boolean active) {
    if (active) {
      activate(id);
    } else {
      deactivate(id);
    }
  }

  /** Sets the password of an account, ends its sessions except the given one, and revokes its tokens. */
  @Transactional
  protected void setPassword(UUID id, String passwordHash, @Nullable UUID sessionToKeep) {
    replacePassword(require(id), passwordHash, sessionToKeep);
  }

  /**
   * Replaces a password whose current value was checked.
   *
   * @param checkedHash the hash that the current password matched
   * @throws Problem 422 when it was changed since
   */
  @Transactional
  protected void replacePassword(UUID id, String checkedHash, String passwordHash, UUID sessionToKeep) {
    Account account = require(id);
    if (!account.passwordHash().equals(checkedHash)) {
      throw FormError.invalid("password.present");
    }
    replacePassword(account, passwordHash, sessionToKeep);
  }

  /** Resets the password of the administrator to the one that the operator has configured. */
  @Transactional
  protected void resetAdministrator(String name, String passwordHash) {
    Account account = Account.normalizeName(name).flatMap(this::findId).map(this::require)
        .orElseThrow(() -> Problem.notFound("account of that name"));
    account.changeRole(Role.ADMIN, now());
    account.activate(now());
    replacePassword(account, passwordHash, null);
  }

  private void replacePassword(Account account, String passwordHash, @Nullable UUID sessionToKeep) {
    account.changePassword(passwordHash, now());
    sessions.endAllOf(account.id(), sessionToKeep, "password_changed");
    tokens.revokeAllOf(account.id(), Reason.PASSWORD_CHANGED);
    devices.deleteAll(account.id());
    changed(account, "account.password_changed", Map.of());
  }

  @Transactional
  public void setPreferences(UUID id, Preferences preferences) {
    require(id).setPreferences(preferences, now());
    callers.invalidate();
  }

  /** Sets the time zone of an account. */
  @Transactional
  public void setTimeZone(UUID id, ZoneId zone) {
    require(id).setTimeZone(zone, now());
    callers.invalidate();
  }

  /** Sets the time zone of an account that has none yet. */
  @Transactional
  public void initTimeZone(UUID id, ZoneId zone) {
    if (!require(id).hasTimeZone()) {
      setTimeZone(id, zone);
    }
  }

  public List<AccountRow> all() {
    return database.ask(h -> h.createQuery(ROWS + "order by name").map(Database.to(AccountRow.class)).list());
  }

  /** @throws Problem 404 when there is no such account */
  public AccountRow get(UUID id) {
    return database.ask(h -> h.createQuery(ROWS + "where id = ?").bind(0, id).map(Database.to(AccountRow.class)).findOne())
        .orElseThrow(() -> Problem.notFound(LocalizedMessage.of("problem.none.account")));
  }

  protected boolean isEmpty() {
    return database.ask(h -> h.createQuery("select not exists (select 1 from account)").mapTo(Boolean.class).one());
  }

  /** The id of the account with exactly this sign-in name, active or disabled. */
  public Optional<UUID> findId(String name) {
    return database.ask(h -> h.createQuery("select id from account where name = ?").bind(0, name).mapTo(UUID.class).findOne());
  }

  /** Finds the account with that name, or else the oldest active administrator. */
  protected Optional<AccountRow> findAdministrator(String name) {
    return database.ask(h -> h.createQuery(ROWS + """
            where name = :name or role = 'admin' and is_active order by name = :name desc, created_at limit 1""")
        .bind("name", Account.normalizeName(name).orElse("")).map(Database.to(AccountRow.class)).findOne());
  }

  private Account require(UUID id) {
    return Optional.ofNullable(entities.find(Account.class, id, LockModeType.PESSIMISTIC_WRITE))
        .orElseThrow(() -> Problem.notFound(LocalizedMessage.of("problem.none.account")));
  }

  /** Locks all administrators, so that two who demote each other at the same time are serialized and one remains. */
  private Account requireAfterLockingAdmins(UUID id) {
    activeAdmins(LockModeType.PESSIMISTIC_WRITE);
    return require(id);
  }

  private void requireAnotherAdmin(Account leaving, boolean leaves) {
    if (leaves && leaving.isActiveAdmin()
        && activeAdmins(LockModeType.NONE).stream().allMatch(a -> a.id().equals(leaving.id()))) {
      throw FormError.alreadyExists("account.last");
    }
  }

  private List<Account> activeAdmins(LockModeType lock) {
    return entities.createQuery("from Account where isActive and role = :admin order by createdAt, id", Account.class)
        .setParameter("admin", Role.ADMIN).setLockMode(lock).getResultList();
  }

  private AccountRow changed(Account account, String action, Map<String, ?> details) {
    audit.record(action, "account", account.id(), details);
    callers.invalidate();
    return account.row();
  }

  private Instant now() {
    return clock.instant();
  }
}
