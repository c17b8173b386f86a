package tasktracker.platform.security;

import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import java.text.Normalizer;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.data.Ids;
import tasktracker.platform.web.Preferences;
import tasktracker.platform.web.Problem;

/**
 * Somebody who signs in. It is made by an administrator (the first by the server), changes its role and its password,
 * and is deactivated in the end; it is never deleted, because decisions keep their authors.
 */
@Entity
public class Account {

  private static final Pattern NAME = Pattern.compile("[\\p{L}0-9][\\p{L}\\p{M}0-9._@+-]{0,99}");
  private static final int LONGEST_NAME = 100;
  /** Normalization may join up to four characters of what was typed to one of the name. */
  private static final int LONGEST_TYPED_NAME = 4 * LONGEST_NAME;

  @Id private UUID id;
  private String name;
  private String displayName;
  @Enumerated(EnumType.STRING) private Role role;
  private boolean isActive;
  private String passwordHash;
  private Instant passwordChangedAt;
  private @Nullable Instant signedInAt;
  private String language;
  private String theme;
  private String density;
  private boolean shortcuts;
  @Version private int version;
  private Instant createdAt;
  private Instant updatedAt;

  @SuppressWarnings("NullAway")
  protected Account() {} // for Hibernate, which fills the fields

  Account(String name, String displayName, Role role, String passwordHash, Instant now) {
    this.id = Ids.next();
    this.name = signInName(name);
    this.displayName = shownName(displayName);
    this.role = role;
    this.isActive = true;
    this.createdAt = now;
    this.updatedAt = now;
    this.passwordHash = passwordHash;
    this.passwordChangedAt = now;
    prefer(Preferences.DEFAULT, now);
  }

  /**
   * The one spelling of a sign-in name.
   *
   * @throws Problem 422 when it can not be one
   */
  static String signInName(String given) {
    return spelled(given).filter(name -> NAME.matcher(name).matches()).orElseThrow(() -> FormError.unfit("account.name"));
  }

  /**
   * How a name is looked up; empty when it is too long to be anybody's. The length is checked first, because
   * normalization makes up to eighteen characters of one.
   */
  static Optional<String> spelled(String given) {
    return given.length() > LONGEST_TYPED_NAME ? Optional.empty()
        : Optional.of(Normalizer.normalize(given.strip(), Normalizer.Form.NFKC).toLowerCase(Locale.ROOT))
            .filter(name -> name.length() <= LONGEST_NAME);
  }

  private static String shownName(String given) {
    String shown = given.strip();
    if (shown.isEmpty() || shown.length() > 200 || shown.chars().anyMatch(Character::isISOControl)) {
      throw FormError.unfit("account.shown");
    }
    return shown;
  }

  void rename(String shown, Instant now) {
    displayName = shownName(shown);
    updatedAt = now;
  }

  void become(Role newRole, Instant now) {
    role = newRole;
    updatedAt = now;
  }

  void deactivate(Instant now) {
    isActive = false;
    updatedAt = now;
  }

  void activate(Instant now) {
    isActive = true;
    updatedAt = now;
  }

  void changePassword(String newHash, Instant now) {
    passwordHash = newHash;
    passwordChangedAt = now;
    updatedAt = now;
  }

  /** The same password under a better hash. */
  void rehash(String newHash) {
    passwordHash = newHash;
  }

  void signedIn(Instant now) {
    signedInAt = now;
  }

  void prefer(Preferences preferences, Instant now) {
    language = preferences.language();
    theme = preferences.theme();
    density = preferences.density();
    shortcuts = preferences.shortcuts();
    updatedAt = now;
  }

  public UUID id() {
    return id;
  }

  public String name() {
    return name;
  }

  public String displayName() {
    return displayName;
  }

  public Role role() {
    return role;
  }

  public boolean isActive() {
    return isActive;
  }

  boolean isActiveAdmin() {
    return isActive && role == Role.ADMIN;
  }

  String passwordHash() {
    return passwordHash;
  }

  public Preferences preferences() {
    return new Preferences(language, theme, density, shortcuts);
  }

  /** What others may see of it: everything but the password's hash. */
  public AccountRow row() {
    return new AccountRow(id, name, displayName, role.wire(), isActive, createdAt, signedInAt, passwordChangedAt);
  }
}
