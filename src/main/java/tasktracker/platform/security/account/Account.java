package tasktracker.platform.security.account;

import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import java.text.Normalizer;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.data.Ids;
import tasktracker.platform.security.Role;
import tasktracker.platform.web.Preferences;
import tasktracker.platform.web.problem.FormError;
import tasktracker.platform.web.problem.Problem;

/**
 * The account of a user. It is created by an administrator (the first one by the server). It can be disabled but is never
 * deleted, because decisions keep their authors.
 */
@Entity
public class Account {

  private static final Pattern NAME = Pattern.compile("[\\p{L}0-9][\\p{L}\\p{M}0-9._@+-]{0,99}");
  private static final int MAX_NAME_LENGTH = 100;
  /** Normalization may combine up to four typed characters into one. */
  private static final int MAX_TYPED_NAME_LENGTH = 4 * MAX_NAME_LENGTH;

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
  private @Nullable String timeZone;
  @Version private int version;
  private Instant createdAt;
  private Instant updatedAt;

  @SuppressWarnings("NullAway")
  protected Account() {} // for Hibernate, which fills the fields

  public Account(String name, String displayName, Role role, String passwordHash, Instant now) {
    this.id = Ids.next();
    this.name = signInName(name);
    this.displayName = validDisplayName(displayName);
    this.role = role;
    this.isActive = true;
    this.createdAt = now;
    this.updatedAt = now;
    this.passwordHash = passwordHash;
    this.passwordChangedAt = now;
    apply(Preferences.DEFAULT);
  }

  /**
   * Normalizes and validates a sign-in name.
   *
   * @throws Problem 422 when it is invalid
   */
  static String signInName(String given) {
    return normalizeName(given).filter(name -> NAME.matcher(name).matches()).orElseThrow(() -> FormError.invalid("account.name"));
  }

  /**
   * Normalizes a sign-in name for a lookup; empty when it is too long. The length is checked first, because normalization
   * may expand one character to eighteen.
   */
  public static Optional<String> normalizeName(String given) {
    return given.length() > MAX_TYPED_NAME_LENGTH
        ? Optional.empty()
        : Optional.of(Normalizer.normalize(given.strip(), Normalizer.Form.NFKC).toLowerCase(Locale.ROOT))
            .filter(name -> name.length() <= MAX_NAME_LENGTH);
  }

  private static String validDisplayName(String given) {
    String shown = given.strip();
    if (shown.isEmpty() || shown.length() > 200 || shown.chars().anyMatch(Character::isISOControl)) {
      throw FormError.invalid("account.shown");
    }
    return shown;
  }

  void rename(String shown, Instant now) {
    displayName = validDisplayName(shown);
    updatedAt = now;
  }

  void changeRole(Role newRole, Instant now) {
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

  /** Replaces the hash of the same password after its parameters have changed. */
  void rehash(String newHash) {
    passwordHash = newHash;
  }

  void recordSignIn(Instant now) {
    signedInAt = now;
  }

  void setPreferences(Preferences preferences, Instant now) {
    apply(preferences);
    updatedAt = now;
  }

  void setTimeZone(ZoneId zone, Instant now) {
    timeZone = zone.getId();
    updatedAt = now;
  }

  /** False until a browser or the user has told it. */
  public boolean hasTimeZone() {
    return timeZone != null;
  }

  private void apply(Preferences preferences) {
    language = preferences.language();
    theme = preferences.theme();
    density = preferences.density();
    shortcuts = preferences.shortcuts();
  }

  /** The id of the account; it never changes. */
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

  /** The preferences for pages without a sign-in. */
  public Preferences preferences() {
    return new Preferences(language, theme, density, shortcuts);
  }

  /** The account without the hash of its password. */
  public AccountRow row() {
    return new AccountRow(id, name, displayName, role.wire(), isActive, createdAt, signedInAt, passwordChangedAt);
  }
}
