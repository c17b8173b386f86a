package tasktracker.platform.security.account;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.security.Caller;
import tasktracker.platform.security.Identity;
import tasktracker.platform.security.Role;
import tasktracker.platform.security.account.Passwords.Requester;
import tasktracker.platform.security.audit.Audit;
import tasktracker.platform.security.session.KnownDevices;
import tasktracker.platform.security.session.SignInLimits;
import tasktracker.platform.web.problem.FormError;
import tasktracker.platform.web.problem.Problem;

/**
 * Checks and sets the passwords of accounts. Hashing is slow by design and may queue, so it is done before {@link Accounts}
 * begins a transaction. Each method throws a {@link Problem} 503 when the queue is full.
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
   * A password that matched when it was checked.
   *
   * @param hash the hash that it matched
   * @param newHash the hash of the same password with the current parameters, or null when the hash has them
   */
  public record Checked(UUID account, String hash, @Nullable String newHash) {}

  /** Serializes the creation of accounts with one name, so that only the first request computes a hash. */
  private final Bulkhead[] nameLocks = Stream.generate(() -> new Bulkhead(1, 100, Duration.ofSeconds(10))).limit(32)
      .toArray(Bulkhead[]::new);

  /** Changes of an account; null means no change. */
  record Changes(@Nullable String displayName, @Nullable Role role, @Nullable Boolean isActive, @Nullable String password) {}

  /**
   * Creates an account.
   *
   * @throws Problem 409 when the name is taken, 422 when a value is invalid
   */
  public AccountRow add(String name, String displayName, Role role, String password) {
    String signInName = Account.signInName(name);
    return nameLocks[Math.floorMod(signInName.hashCode(), nameLocks.length)]
        .run(() -> addExclusively(signInName, displayName, role, password));
  }

  private AccountRow addExclusively(String signInName, String displayName, Role role, String password) {
    accounts.requireFree(signInName);
    return accounts.add(signInName, displayName, role, passwords.hashStrong(password, signInName, displayName));
  }

  /**
   * Sets the password of an account, ends its sessions except the given one, and revokes its tokens.
   *
   * @throws Problem 404 when there is no such account, 422 when the password is too weak
   */
  public void set(UUID id, String password, @Nullable UUID sessionToKeep) {
    accounts.setPassword(id, hashFor(id, password), sessionToKeep);
  }

  private String hashFor(UUID id, String password) {
    AccountRow owner = accounts.get(id);
    return passwords.hashStrong(password, owner.name(), owner.displayName());
  }

  /**
   * Applies all changes or none.
   *
   * @throws Problem 404, 409 or 422, as the single changes do
   */
  public AccountRow change(UUID id, Changes changes) {
    @Nullable
    String hash = changes.password() == null ? null : hashFor(id, changes.password());
    return accounts.change(id, changes, hash);
  }

  /**
   * Changes the caller's own password, ends their other sessions, revokes their tokens and removes their known devices.
   *
   * @return the new device cookie of this browser, which stays known
   * @throws Problem 422 when the current password is wrong or the new one too weak, 429 after too many attempts
   */
  public String changeOwnPassword(Caller me, String current, String password, String deviceCookie) {
    AccountRow account = accounts.get(me.accountId());
    // Correct passwords count as well: nobody changes a password ten times a minute, and each change costs two hashes.
    limits.count(Optional.of(account.name()), identity.address(), devices.find(deviceCookie, account.name()));
    String checked = requireCurrent(account.id(), current);
    String hash = passwords.hashStrong(password, account.name(), account.displayName());
    accounts.replacePassword(account.id(), checked, hash, me.credentialId());
    return devices.register(account.id(), deviceCookie, Optional.empty());
  }

  private String requireCurrent(UUID account, String current) {
    String hash = accounts.passwordHash(account);
    if (!passwords.matches(current, hash, Requester.KNOWN)) {
      audit.record("account.password_refused", "account", account, Map.of());
      throw FormError.invalid("password.present");
    }
    return hash;
  }

  /** Checks a name and a password; empty when they do not match an active account. Unknown names take the same time. */
  public Optional<Checked> check(Optional<String> name, String password, Requester requester) {
    Optional<Accounts.StoredPassword> known = name.flatMap(accounts::findPassword);
    if (known.isEmpty()) {
      passwords.simulateMatch(password, requester);
    }
    return known.filter(account -> passwords.matches(password, account.passwordHash(), requester))
        .map(account -> new Checked(account.id(), account.passwordHash(),
            passwords.rehashIfOutdated(password, account.passwordHash(), requester)));
  }
}
