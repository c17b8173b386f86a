package tasktracker.source.telegram.export;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import tasktracker.message.IncomingMessage;
import tasktracker.platform.data.StorableText;

/**
 * The forum topics of an exported chat. Exports do not mark the topic of a message: it is found by following replies up
 * to the message that created the topic. Only messages in topics are stored, sixteen bytes each, and in very long chats
 * only the later ones: a reply to an older message has no topic.
 */
final class ForumTopics {

  /** Maximum messages of each of two tables; when the newer one is full, the older one is discarded. */
  private static final int MAX_TABLE_SIZE = 250_000;
  private static final int MAX_TITLES = 10_000;

  private final Map<Long, String> titles = new HashMap<>();
  private Table newer = new Table();
  private Table older = new Table();

  void addTopic(long id, @Nullable String title) {
    renameTopic(id, title);
    remember(id, id);
  }

  void renameTopic(long topic, @Nullable String title) {
    if (titles.size() < MAX_TITLES || titles.containsKey(topic)) {
      titles.put(topic, title == null ? "" : StorableText.truncate(title, IncomingMessage.MAX_NAME_LENGTH));
    }
  }

  /** The topic of the message that this message replies to, or null; the message is stored with it. */
  @Nullable
  Long findTopic(long message, @Nullable Long answered) {
    Long topic = answered == null ? null : find(answered);
    if (topic != null) {
      remember(message, topic);
    }
    return topic;
  }

  @Nullable
  String title(long topic) {
    String title = titles.get(topic);
    return title == null || title.isBlank() ? null : title;
  }

  private @Nullable Long find(long message) {
    long topic = newer.get(message);
    topic = topic == 0 ? older.get(message) : topic;
    return topic == 0 ? null : Long.valueOf(topic);
  }

  private void remember(long message, long topic) {
    if (newer.count == MAX_TABLE_SIZE) {
      older = newer;
      newer = new Table();
    }
    if (topic != 0) {
      newer.put(message, topic);
    }
  }

  /** A hash table of topics by message with open addressing; a topic of 0 marks a free slot. */
  private static final class Table {

    /** Random, so that the author of a file cannot choose ids that collide. */
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

    /** The slot of the message, or the free slot for it. */
    private int slot(long[] messages, long[] topics, long message) {
      int mask = messages.length - 1;
      int slot = (int) mixed(message ^ seed) & mask;
      while (topics[slot] != 0 && messages[slot] != message) {
        slot = slot + 1 & mask;
      }
      return slot;
    }

    /** Mixes all bits of the number (the finalizer of MurmurHash3). */
    private static long mixed(long number) {
      long h = (number ^ number >>> 33) * 0xFF51AFD7ED558CCDL;
      h = (h ^ h >>> 33) * 0xC4CEB9FE1A85EC53L;
      return h ^ h >>> 33;
    }
  }
}
