package tasktracker.platform.security;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.security.Passwords.Requester;
import tasktracker.platform.web.Problem;

/**
 * Checks and sets the passwords of accounts: hashes first, and only then lets {@link Accounts} begin a transaction,
 * because hashing takes its time on purpose and waits for its turn. Every method may throw a {@link Problem} 503 when too
 * many wait already.
 */
@ApplicationScoped
public class AccountPasswords {

  @Inject Accounts accounts;
  @Inject Passwords passwords;
  @Inject KnownDevices devices;
  @Inject SignInLimits limits;
  @Inject Identity identity;
  @Inject Audit audit;

  /**
   * A password that was right for an account when it was checked.
   *
   * @param hash what it was checked against
   * @param betterHash the same password under today's parameters, or null when those are the hash's
   */
  record Checked(UUID account, String hash, @Nullable String betterHash) {}

  /** Those who make an account of one name at a time take turns, so that one hashes and the others learn that it is taken. */
  private final Bulkhead[] names = Stream.generate(() -> new Bulkhead(1, 100, Duration.ofSeconds(10))).limit(32)
      .toArray(Bulkhead[]::new);

  /** What changes of an account; null stays as it is. */
  record Changes(@Nullable String displayName, @Nullable Role role, @Nullable Boolean isActive, @Nullable String password) {}

  /**
   * Makes an account.
   *
   * @throws Problem 409 when the name is taken, 422 when a value can not be
   */
  public AccountRow add(String name, String displayName, Role role, String password) {
    String signInName = Account.signInName(name);
    return names[Math.floorMod(signInName.hashCode(), names.length)].run(() -> addInTurn(signInName, displayName, role, password));
  }

  private AccountRow addInTurn(String signInName, String displayName, Role role, String password) {
    accounts.requireFree(signInName);
    return accounts.add(signInName, displayName, role, passwords.hashStrong(password, signInName, displayName));
  }

  /**
   * Sets somebody's password; every session of theirs but the given one ends, and so do their tokens.
   *
   * @throws Problem 404 when there is no such account, 422 when the password is too weak
   */
  public void set(UUID id, String password, @Nullable UUID sessionThatStays) {
    accounts.setPassword(id, hashFor(id, password), sessionThatStays);
  }

  private String hashFor(UUID id, String password) {
    AccountRow owner = accounts.get(id);
    return passwords.hashStrong(password, owner.name(), owner.displayName());
  }

  /**
   * Changes all of it or nothing.
   *
   * @throws Problem 404, 409 or 422, as the single changes do
   */
  public AccountRow change(UUID id, Changes changes) {
    @Nullable String hash = changes.password() == null ? null : hashFor(id, changes.password());
    return accounts.change(id, changes, hash);
  }

  /**
   * Lets a person change their own password: their other sessions, their tokens and the browsers they are known by end.
   *
   * @return what the cookie of this browser is to be, which stays known
   * @throws Problem 422 when the present password is wrong or the new one too weak, 429 after too many tries
   */
  public String changeOwn(Caller me, String present, String password, String deviceCookie) {
    AccountRow account = accounts.get(me.accountId());
    // Even what is right counts here: nobody changes a password ten times a minute, and each costs two hashes.
    limits.count(Optional.of(account.name()), identity.address(), devices.find(deviceCookie, account.name()));
    String checked = requirePresent(account.id(), present);
    String hash = passwords.hashStrong(password, account.name(), account.displayName());
    accounts.replacePassword(account.id(), checked, hash, me.credentialId());
    return devices.remember(account.id(), deviceCookie, Optional.empty());
  }

  private String requirePresent(UUID account, String present) {
    String hash = accounts.passwordHash(account);
    if (!passwords.matches(present, hash, Requester.KNOWN)) {
      audit.record("account.password_refused", "account", account, Map.of());
      throw FormError.unfit("password.present");
    }
    return hash;
  }

  /** Whether somebody who may sign in has that name and that password; takes as long when there is nobody. */
  protected Optional<Checked> check(Optional<String> name, String password, Requester requester) {
    Optional<Accounts.Known> known = name.flatMap(accounts::known);
    if (known.isEmpty()) {
      passwords.pretendToMatch(password, requester);
    }
    return known.filter(account -> passwords.matches(password, account.passwordHash(), requester))
        .map(account -> new Checked(account.id(), account.passwordHash(),
            passwords.better(password, account.passwordHash(), requester)));
  }
}
