package tasktracker.person;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.data.StorableText;

/**
 * Author of a message, as a source describes them.
 *
 * @param externalId stable id at the source: for Telegram {@code user:ID}, {@code chat:ID} or {@code channel:ID}; for
 *     Slack the user id; for the API any text
 * @param firstName first name, or the only known name; never blank
 * @param lastName last name
 * @param username handle without {@code @}
 * @param email address, when the source provides it
 * @param languageCode IETF tag of the client
 * @param isBot whether the source marks it as a bot
 * @param isPremium whether it has Telegram Premium
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

  /** The name of a deleted account. */
  public static final String DELETED = "Deleted account";
  /** The name of a speaker of whom the source tells nothing. */
  public static final String UNKNOWN = "Unknown";
  /** Maximum length of an address by RFC 5321. */
  private static final int MAX_EMAIL_LENGTH = 254;

  public Speaker {
    externalId = StorableText.key(externalId);
    firstName = Objects.requireNonNull(StorableText.name(firstName));
    lastName = StorableText.name(lastName);
    username = StorableText.name(username);
    email = email == null || email.length() > MAX_EMAIL_LENGTH ? null : StorableText.of(email);
    languageCode = StorableText.name(languageCode);
  }

  /** A speaker with an id and one display name. */
  public static Speaker named(String externalId, String name) {
    return new Speaker(externalId, name, null, null, null, null, false, false);
  }

  /** Whether the name only stands in for one that the source does not tell: it never replaces a known name. */
  public boolean isStandIn() {
    return lastName == null && (firstName.equals(DELETED) || firstName.equals(UNKNOWN) || firstName.equals(externalId));
  }
}
