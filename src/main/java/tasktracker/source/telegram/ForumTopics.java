package tasktracker.source.telegram;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import tasktracker.message.IncomingMessage;
import tasktracker.platform.data.StorableText;

/**
 * Forum topics of one exported chat. Exports tell no topic with a message: it is found by following the answered
 * messages up to the one that created a topic. Only messages that belong to a topic are remembered, sixteen bytes each,
 * and of very long chats only the later ones: an answer to a message from before tells no topic.
 */
final class ForumTopics {

  /** Two tables of so many messages are kept; when the newer one is full the older one is forgotten. */
  private static final int MOST_OF_A_TABLE = 250_000;
  private static final int MOST_TITLES = 10_000;

  private final Map<Long, String> titles = new HashMap<>();
  private Table newer = new Table();
  private Table older = new Table();

  void created(long id, @Nullable String title) {
    renamed(id, title);
    remember(id, id);
  }

  void renamed(long topic, @Nullable String title) {
    if (titles.size() < MOST_TITLES || titles.containsKey(topic)) {
      titles.put(topic, title == null ? "" : StorableText.truncate(title, IncomingMessage.LONGEST_NAME));
    }
  }

  /** The topic that a message belongs to because of what it answers, or null; the message is remembered with it. */
  @Nullable Long of(long message, @Nullable Long answered) {
    Long topic = answered == null ? null : find(answered);
    if (topic != null) {
      remember(message, topic);
    }
    return topic;
  }

  @Nullable String title(long topic) {
    String title = titles.get(topic);
    return title == null || title.isBlank() ? null : title;
  }

  private @Nullable Long find(long message) {
    long topic = newer.get(message);
    topic = topic == 0 ? older.get(message) : topic;
    return topic == 0 ? null : Long.valueOf(topic);
  }

  private void remember(long message, long topic) {
    if (newer.count == MOST_OF_A_TABLE) {
      older = newer;
      newer = new Table();
    }
    if (topic != 0) {
      newer.put(message, topic);
    }
  }

  /** Topics by message in open addressing; a topic of 0 means a free slot. */
  private static final class Table {

    /** Unknown to who writes the file, so that no ids can be chosen that meet in one slot. */
    private final long seed = ThreadLocalRandom.current().nextLong();
    private long[] messages = new long[1 << 6];
    private long[] topics = new long[1 << 6];
    private int count;

    long get(long message) {
      return topics[slot(messages, topics, message)];
    }

    void put(long message, long topic) {
      int slot = slot(messages, topics, message);
      count += topics[slot] == 0 ? 1 : 0;
      messages[slot] = message;
      topics[slot] = topic;
      if (count * 3 > messages.length * 2) {
        grow();
      }
    }

    private void grow() {
      long[] moreMessages = new long[messages.length * 2];
      long[] moreTopics = new long[messages.length * 2];
      for (int i = 0; i < messages.length; i++) {
        if (topics[i] != 0) {
          int slot = slot(moreMessages, moreTopics, messages[i]);
          moreMessages[slot] = messages[i];
          moreTopics[slot] = topics[i];
        }
      }
      messages = moreMessages;
      topics = moreTopics;
    }

    /** The slot that holds the message, or the free one where it would stand. */
    private int slot(long[] messages, long[] topics, long message) {
      int mask = messages.length - 1;
      int slot = (int) mixed(message ^ seed) & mask;
      while (topics[slot] != 0 && messages[slot] != message) {
        slot = slot + 1 & mask;
      }
      return slot;
    }

    /** Each bit of the result hangs on all bits of the number (MurmurHash3's finalizer). */
    private static long mixed(long number) {
      long h = (number ^ number >>> 33) * 0xFF51AFD7ED558CCDL;
      h = (h ^ h >>> 33) * 0xC4CEB9FE1A85EC53L;
      return h ^ h >>> 33;
    }
  }
}
