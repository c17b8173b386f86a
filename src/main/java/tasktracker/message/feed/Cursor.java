package tasktracker.message.feed;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tasktracker.message.Strength;
import tasktracker.platform.web.query.DateParser;
import tasktracker.platform.web.query.Query;

/**
 * The position of a message in the feed, for keyset pagination.
 *
 * @param score its strength, or {@link Strength#NONE}; null when it is not scored
 */
public record Cursor(Instant sentAt, UUID id, @Nullable Integer score) {

  /** The position of a message. */
  public static Cursor at(MessageItem message) {
    return new Cursor(message.sentAt(), message.id(), score(message));
  }

  private static @Nullable Integer score(MessageItem message) {
    return message.importanceScore() == null || message.strength() != null ? message.strength() : Integer.valueOf(Strength.NONE);
  }

  /**
   * Parses the text form, {@code 2026-01-31T10:00:00Z~ID} or {@code 2026-01-31T10:00:00Z~ID~82}.
   *
   * @throws RuntimeException of parsing when it is none
   */
  public static Cursor of(String written) {
    String[] parts = written.split("~", 3);
    if (parts.length < 2) {
      throw new IllegalArgumentException(written);
    }
    return new Cursor(DateParser.parseStored(parts[0]), Query.uuid(parts[1]), parts.length < 3 ? null : parseScore(parts[2]));
  }

  /** Cursors of earlier releases contain the importance, 0 to 1. */
  private static Integer parseScore(String text) {
    return text.contains(".") ? (int) Math.round(Strength.MAX * Math.clamp(Double.parseDouble(text), 0, 1)) : Integer.valueOf(text);
  }

  @Override
  public String toString() {
    return sentAt + "~" + id + (score == null ? "" : "~" + score);
  }
}
