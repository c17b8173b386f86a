package tasktracker.person;

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

  private static final int LONGEST_NAME = 200;
  /** RFC 5321 allows no longer address; one that is longer is taken for none. */
  private static final int LONGEST_ADDRESS = 254;

  public Speaker {
    externalId = StorableText.of(externalId);
    firstName = StorableText.of(StorableText.atMost(firstName, LONGEST_NAME));
    lastName = name(lastName);
    username = name(username);
    email = email == null || email.length() > LONGEST_ADDRESS ? null : StorableText.of(email);
    languageCode = name(languageCode);
  }

  private static @Nullable String name(@Nullable String name) {
    return name == null ? null : StorableText.of(StorableText.atMost(name, LONGEST_NAME));
  }

  /** A speaker of whom only an id and one display name are known. */
  public static Speaker named(String externalId, String name) {
    return new Speaker(externalId, name, null, null, null, null, false, false);
  }
}
