package tasktracker.platform.security;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.PersistenceException;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.data.Database;
import tasktracker.platform.data.UniqueViolation;
import tasktracker.platform.security.ApiTokens.Reason;
import tasktracker.platform.web.Preferences;
import tasktracker.platform.web.Problem;
import tasktracker.platform.web.LocalizedMessage;

/** The people who sign in. Whoever loses a right loses it in every open session within seconds. */
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

  /** What a password is checked against. */
  record Known(UUID id, String passwordHash) {}

  /**
   * Makes an account.
   *
   * @throws Problem 409 when the name is taken, 422 when a value can not be
   */
  @Transactional
  protected AccountRow add(String signInName, String displayName, Role role, String passwordHash) {
    requireFree(signInName);
    return keep(new Account(signInName, displayName, role, passwordHash, now()));
  }

  /** @throws Problem 409 when there is an account of that name */
  protected void requireFree(String signInName) {
    if (named(signInName).isPresent()) {
      throw FormError.clash("account.taken");
    }
  }

  /** Makes the first administrator, unless another node was quicker. */
  @Transactional
  protected Optional<AccountRow> addFirst(String name, String passwordHash) {
    database.run(h -> h.createUpdate("lock table account in exclusive mode").execute());
    return isEmpty() ? Optional.of(keep(new Account(name, name, Role.ADMIN, passwordHash, now()))) : Optional.empty();
  }

  private AccountRow keep(Account account) {
    insert(account);
    audit.record("account.added", "account", account.id(), Map.of("name", account.name(), "role", account.role().wire()));
    return account.row();
  }

  /** Somebody else may have made one of the name since it was looked for. */
  private void insert(Account account) {
    try {
      entities.persist(account);
      entities.flush();
    } catch (PersistenceException failure) {
      throw UniqueViolation.isIn(failure) ? FormError.clash("account.taken") : failure;
    }
  }

  /** What the password of that name is checked against, if its account may sign in. */
  protected Optional<Known> known(String name) {
    return database.ask(h -> h.createQuery("select id, password_hash from account where name = ? and is_active")
        .bind(0, name).map(Database.to(Known.class)).findOne());
  }

  /** @throws Problem 404 when there is no such account */
  protected String passwordHash(UUID id) {
    return database.ask(h -> h.createQuery("select password_hash from account where id = ?").bind(0, id).mapTo(String.class).findOne())
        .orElseThrow(() -> Problem.notFound(LocalizedMessage.of("problem.none.account")));
  }

  /**
   * Notes that somebody has come in, and keeps the better hash of their password. Empty when the password or the right
   * to sign in has changed since it was checked.
   */
  @Transactional
  protected Optional<Account> welcome(AccountPasswords.Checked checked) {
    Account account = require(checked.account());
    if (!account.isActive() || !account.passwordHash().equals(checked.hash())) {
      return Optional.empty();
    }
    Optional.ofNullable(checked.betterHash()).ifPresent(account::rehash);
    account.signedIn(now());
    return Optional.of(account);
  }

  @Transactional
  public AccountRow rename(UUID id, String displayName) {
    Account account = require(id);
    account.rename(displayName, now());
    return changed(account, "account.renamed", Map.of("display_name", account.displayName()));
  }

  /**
   * Gives an account another role, in its open sessions too.
   *
   * @throws Problem 409 when nobody would be left to run the product
   */
  @Transactional
  public AccountRow changeRole(UUID id, Role role) {
    Account account = requireAfterAdmins(id);
    Role before = account.role();
    if (before == role) {
      return account.row();
    }
    requireAnotherAdmin(account, role != Role.ADMIN);
    account.become(role, now());
    endIfLess(account, before);
    return changed(account, "account.role_changed", Map.of("from", before.wire(), "to", role.wire()));
  }

  private void endIfLess(Account account, Role before) {
    if (!account.role().includes(before)) {
      sessions.endAllOf(account.id(), null, "role_changed");
    }
  }

  /** Disables an account at once, and ends its tokens for good; its name stays taken. */
  @Transactional
  public AccountRow deactivate(UUID id) {
    Account account = requireAfterAdmins(id);
    requireAnotherAdmin(account, true);
    account.deactivate(now());
    sessions.endAllOf(id, null, "account_disabled");
    tokens.revokeAllOf(id, Reason.ACCOUNT_DISABLED);
    return changed(account, "account.deactivated", Map.of());
  }

  /** Lets a disabled account sign in again; its tokens stay ended. */
  @Transactional
  public AccountRow activate(UUID id) {
    Account account = require(id);
    revokeIfDisabled(account);
    account.activate(now());
    return changed(account, "account.activated", Map.of());
  }

  /** A node of an earlier release may have disabled it, and left its tokens. */
  private void revokeIfDisabled(Account account) {
    if (!account.isActive()) {
      tokens.revokeAllOf(account.id(), Reason.ACCOUNT_DISABLED);
    }
  }

  /** Changes all of it or nothing. */
  @Transactional
  protected AccountRow change(UUID id, AccountPasswords.Changes changes, @Nullable String passwordHash) {
    if (changes.role() != null || changes.isActive() != null) {
      activeAdmins(LockModeType.PESSIMISTIC_WRITE); // before the account itself, as everybody who locks both
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

  /** Sets somebody's password; every session of theirs but the given one ends, and so do their tokens. */
  @Transactional
  protected void setPassword(UUID id, String passwordHash, @Nullable UUID sessionThatStays) {
    replacePassword(require(id), passwordHash, sessionThatStays);
  }

  /**
   * Replaces a password that its owner knows.
   *
   * @param checked what the present password was checked against
   * @throws Problem 422 when somebody else has changed it since
   */
  @Transactional
  protected void replacePassword(UUID id, String checked, String passwordHash, UUID sessionThatStays) {
    Account account = require(id);
    if (!account.passwordHash().equals(checked)) {
      throw FormError.unfit("password.present");
    }
    replacePassword(account, passwordHash, sessionThatStays);
  }

  /** Takes the operator's word for the administrator's password. */
  @Transactional
  protected void resetFirst(String name, String passwordHash) {
    Account account = Account.spelled(name).flatMap(this::named).map(this::require)
        .orElseThrow(() -> Problem.notFound("account of that name"));
    account.become(Role.ADMIN, now());
    account.activate(now());
    replacePassword(account, passwordHash, null);
  }

  private void replacePassword(Account account, String passwordHash, @Nullable UUID sessionThatStays) {
    account.changePassword(passwordHash, now());
    sessions.endAllOf(account.id(), sessionThatStays, "password_changed");
    tokens.revokeAllOf(account.id(), Reason.PASSWORD_CHANGED);
    devices.forgetAll(account.id());
    changed(account, "account.password_changed", Map.of());
  }

  @Transactional
  public void prefer(UUID id, Preferences preferences) {
    require(id).prefer(preferences, now());
    callers.forget();
  }

  public List<AccountRow> all() {
    return database.ask(h -> h.createQuery(ROWS + "order by name").map(Database.to(AccountRow.class)).list());
  }

  /** That account. @throws Problem 404 when there is none */
  public AccountRow get(UUID id) {
    return database.ask(h -> h.createQuery(ROWS + "where id = ?").bind(0, id).map(Database.to(AccountRow.class)).findOne())
        .orElseThrow(() -> Problem.notFound(LocalizedMessage.of("problem.none.account")));
  }

  protected boolean isEmpty() {
    return database.ask(h -> h.createQuery("select not exists (select 1 from account)").mapTo(Boolean.class).one());
  }

  protected Optional<UUID> named(String name) {
    return database.ask(h -> h.createQuery("select id from account where name = ?").bind(0, name).mapTo(UUID.class).findOne());
  }

  /** The account of that name, or else the oldest administrator. */
  protected Optional<AccountRow> administrator(String name) {
    return database.ask(h -> h.createQuery(ROWS + """
            where name = :name or role = 'admin' and is_active order by name = :name desc, created_at limit 1""")
        .bind("name", Account.spelled(name).orElse("")).map(Database.to(AccountRow.class)).findOne());
  }

  private Account require(UUID id) {
    return Optional.ofNullable(entities.find(Account.class, id, LockModeType.PESSIMISTIC_WRITE))
        .orElseThrow(() -> Problem.notFound(LocalizedMessage.of("problem.none.account")));
  }

  /** Two administrators who demote each other at the same moment take turns here, so that one of them stays. */
  private Account requireAfterAdmins(UUID id) {
    activeAdmins(LockModeType.PESSIMISTIC_WRITE);
    return require(id);
  }

  private void requireAnotherAdmin(Account leaving, boolean leaves) {
    if (leaves && leaving.isActiveAdmin()
        && activeAdmins(LockModeType.NONE).stream().allMatch(a -> a.id().equals(leaving.id()))) {
      throw FormError.clash("account.last");
    }
  }

  private List<Account> activeAdmins(LockModeType lock) {
    return entities.createQuery("from Account where isActive and role = :admin order by createdAt, id", Account.class)
        .setParameter("admin", Role.ADMIN).setLockMode(lock).getResultList();
  }

  private AccountRow changed(Account account, String action, Map<String, ?> details) {
    audit.record(action, "account", account.id(), details);
    callers.forget();
    return account.row();
  }

  private Instant now() {
    return clock.instant();
  }
}
