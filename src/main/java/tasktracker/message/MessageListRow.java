package tasktracker.message;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * All that a row of a list shows of a message. Two rows that are equal look alike, so it is also the key under which
 * {@link RenderedRowCache} keeps them.
 *
 * @param text the beginning of the message on one line; null when nothing in it can be shown
 */
public record MessageListRow(UUID id, String author, Avatar avatar, @Nullable String text, String chat,
    @Nullable String classification, @Nullable Double score, Instant sentAt) {

  /**
   * The picture of an author.
   *
   * @param image address of the picture; null where there is none, and the initials are shown
   * @param hue one of six tints, the same for an author everywhere
   */
  public record Avatar(@Nullable String image, int hue, String initials) {}
}
