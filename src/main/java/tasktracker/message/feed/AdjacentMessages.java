package tasktracker.message.feed;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The messages next to an open one in the list that it was opened from.
 *
 * @param previous the one before it, or null at the beginning
 * @param next the one after it, or null at the end
 */
public record AdjacentMessages(@Nullable UUID previous, @Nullable UUID next) {

  private static final AdjacentMessages NONE = new AdjacentMessages(null, null);

  static AdjacentMessages of(Feed feed, FeedQuery query, MessageItem open) {
    if (query.order().isByScore() && open.importanceScore() == null) {
      return NONE; // an unscored message is not in a list that is ordered by score
    }
    MessageFilter filter = FeedPage.filter(query);
    Cursor here = Cursor.at(open);
    return new AdjacentMessages(idOf(feed.previews().before(filter, query.order(), here, 1)),
        idOf(feed.previews().after(filter, query.order(), here, 1)));
  }

  private static @Nullable UUID idOf(List<MessageItem> found) {
    return found.isEmpty() ? null : found.getFirst().id();
  }
}
