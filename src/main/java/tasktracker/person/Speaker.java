package tasktracker.person;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.data.StorableText;

/**
 * Who said something, as a source tells it.
 *
 * @param externalId stable id at the source: for Telegram {@code user:ID}, {@code chat:ID} or {@code channel:ID}; for
 *     Slack the user id; for the API any text
 * @param firstName first name, or the only name known; never blank; like all names cut at 200 UTF-16 units
 * @param lastName last name
 * @param username handle without {@code @}
 * @param email address, when the source tells it
 * @param languageCode IETF tag of the client
 * @param isBot whether the source calls it a bot
 * @param isPremium whether it pays Telegram
 */
public record Speaker(
    String externalId,
    String firstName,
    @Nullable String lastName,
    @Nullable String username,
    @Nullable String email,
    @Nullable String languageCode,
    boolean isBot,
    boolean isPremium) {

  /** The name of somebody whose account is gone. */
  public static final String DELETED = "Deleted account";
  /** The name of somebody of whom nothing is told. */
  public static final String UNKNOWN = "Unknown";
  /** RFC 5321: whatever is longer is no address. */
  private static final int LONGEST_ADDRESS = 254;

  public Speaker {
    externalId = StorableText.key(externalId);
    firstName = Objects.requireNonNull(StorableText.name(firstName));
    lastName = StorableText.name(lastName);
    username = StorableText.name(username);
    email = email == null || email.length() > LONGEST_ADDRESS ? null : StorableText.of(email);
    languageCode = StorableText.name(languageCode);
  }

  /** A speaker of whom only an id and one display name are known. */
  public static Speaker named(String externalId, String name) {
    return new Speaker(externalId, name, null, null, null, null, false, false);
  }

  /** Whether the name only stands in for one that the source does not tell: it never replaces a known name. */
  public boolean isStandIn() {
    return lastName == null && (firstName.equals(DELETED) || firstName.equals(UNKNOWN) || firstName.equals(externalId));
  }
}
