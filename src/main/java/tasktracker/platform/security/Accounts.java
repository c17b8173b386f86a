package tasktracker.platform.security;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.data.Database;
import tasktracker.platform.web.Preferences;
import tasktracker.platform.web.Problem;
import tasktracker.platform.web.Saying;

/** The people who sign in. Whoever loses a right loses it in every open session within seconds. */
@ApplicationScoped
public class Accounts {

  private static final String ROWS = """
      select id, name, display_name, role, is_active, created_at, signed_in_at, password_changed_at from account\s""";

  @PersistenceContext private EntityManager entities;
  @Inject Database database;
  @Inject Passwords passwords;
  @Inject Sessions sessions;
  @Inject Callers callers;
  @Inject Audit audit;
  @Inject Clock clock;

  private record Known(UUID id, String passwordHash) {}

  /**
   * Makes an account.
   *
   * @throws Problem 409 when the name is taken, 422 when a value can not be
   */
  @Transactional
  public AccountRow add(String name, String displayName, Role role, String password) {
    Passwords.requireStrong(password, Account.signInName(name));
    if (named(Account.spelled(name)).isPresent()) {
      throw Refusal.clash("account.taken");
    }
    return keep(new Account(name, displayName, role, passwords.hash(password), now()));
  }

  /** Makes the first administrator, unless another node was quicker; an operator's own password is taken as it is. */
  @Transactional
  protected Optional<AccountRow> addFirst(String name, String password) {
    database.run(h -> h.createUpdate("lock table account in exclusive mode").execute());
    return isEmpty() ? Optional.of(keep(new Account(name, name, Role.ADMIN, passwords.hash(password), now()))) : Optional.empty();
  }

  private AccountRow keep(Account account) {
    entities.persist(account);
    entities.flush();
    audit.record("account.added", "account", account.id(), Map.of("name", account.name(), "role", account.role().wire()));
    return account.row();
  }

  /**
   * Who has that name and that password, if they may sign in; takes as long when there is nobody. No transaction is
   * open meanwhile, because checking a password takes its time on purpose.
   */
  protected Optional<UUID> recognise(String name, String password) {
    Optional<Known> account = database.ask(h -> h.createQuery(
            "select id, password_hash from account where name = ? and is_active")
        .bind(0, Account.spelled(name)).map(Database.to(Known.class)).findOne());
    if (account.isEmpty()) {
      passwords.pretendToMatch(password);
    }
    return account.filter(a -> passwords.matches(password, a.passwordHash())).map(Known::id);
  }

  /** Notes that somebody has come in; their password gets a better hash when there is one by now. */
  @Transactional
  protected Account welcome(UUID id, String password) {
    Account account = require(id);
    if (passwords.isOutdated(account.passwordHash())) {
      account.rehash(passwords.hash(password));
    }
    account.signedIn(now());
    return account;
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
      sessions.endAllOf(account.id(), null);
    }
  }

  /** Shuts an account out at once; its name stays taken. */
  @Transactional
  public AccountRow deactivate(UUID id) {
    Account account = requireAfterAdmins(id);
    requireAnotherAdmin(account, true);
    account.deactivate(now());
    sessions.endAllOf(id, null);
    return changed(account, "account.deactivated", Map.of());
  }

  @Transactional
  public AccountRow activate(UUID id) {
    Account account = require(id);
    account.activate(now());
    return changed(account, "account.activated", Map.of());
  }

  /** Sets somebody's password; every session of theirs but the given one ends. */
  @Transactional
  public void setPassword(UUID id, String password, @Nullable UUID sessionThatStays) {
    Account account = require(id);
    Passwords.requireStrong(password, account.name());
    replacePassword(account, password, sessionThatStays);
  }

  /**
   * Lets a person change their own password.
   *
   * @throws Problem 422 when the present password is wrong or the new one too weak
   */
  @Transactional
  public void changePassword(UUID id, String present, String password, UUID sessionThatStays) {
    Account account = require(id);
    if (!passwords.matches(present, account.passwordHash())) {
      throw Refusal.unfit("password.present");
    }
    Passwords.requireStrong(password, account.name());
    replacePassword(account, password, sessionThatStays);
  }

  /** Takes the operator's word for the administrator's password. */
  @Transactional
  protected void resetFirst(String name, String password) {
    Account account = named(Account.spelled(name)).map(this::require).orElseThrow(() -> Problem.notFound("account " + name));
    account.become(Role.ADMIN, now());
    account.activate(now());
    replacePassword(account, password, null);
  }

  private void replacePassword(Account account, String password, @Nullable UUID sessionThatStays) {
    account.changePassword(passwords.hash(password), now());
    sessions.endAllOf(account.id(), sessionThatStays);
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
        .orElseThrow(() -> Problem.notFound(Saying.of("problem.none.account")));
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
        .bind("name", Account.spelled(name)).map(Database.to(AccountRow.class)).findOne());
  }

  private Account require(UUID id) {
    return Optional.ofNullable(entities.find(Account.class, id, LockModeType.PESSIMISTIC_WRITE))
        .orElseThrow(() -> Problem.notFound(Saying.of("problem.none.account")));
  }

  /** Two administrators who demote each other at the same moment take turns here, so that one of them stays. */
  private Account requireAfterAdmins(UUID id) {
    activeAdmins(LockModeType.PESSIMISTIC_WRITE);
    return require(id);
  }

  private void requireAnotherAdmin(Account leaving, boolean leaves) {
    if (leaves && leaving.isActiveAdmin()
        && activeAdmins(LockModeType.NONE).stream().allMatch(a -> a.id().equals(leaving.id()))) {
      throw Refusal.clash("account.last");
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
