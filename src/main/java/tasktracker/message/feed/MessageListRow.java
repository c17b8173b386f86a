package tasktracker.message.feed;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The data of a list row. Equal rows have equal HTML, so it is the cache key of {@link RenderedRowCache}.
 *
 * @param text the beginning of the message on one line; null when it has no visible text
 */
public record MessageListRow(UUID id, String author, Avatar avatar, @Nullable String text, String chat,
    @Nullable String classification, @Nullable Integer strength, Instant sentAt) {

  /**
   * The avatar of an author.
   *
   * @param image URL of the picture; null when there is none and the initials are shown
   * @param hue one of six colours, always the same for an author
   */
  public record Avatar(@Nullable String image, int hue, String initials) {}
}
