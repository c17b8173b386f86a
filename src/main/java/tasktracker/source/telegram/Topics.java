package tasktracker.source.telegram;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Forum topics of one exported chat. Exports tell no topic with a message: it is found by following the answered
 * messages up to the one that created a topic. Only messages that belong to a topic are remembered, sixteen bytes each.
 */
final class Topics {

  private final Map<Long, String> titles = new HashMap<>();
  private long[] messages = new long[1 << 10];
  private long[] topics = new long[1 << 10];
  private int count;

  void created(long id, @Nullable String title) {
    renamed(id, title);
    remember(id, id);
  }

  void renamed(long topic, @Nullable String title) {
    titles.put(topic, title == null ? "" : title);
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
    int slot = slot(messages, topics, message);
    return topics[slot] == 0 ? null : Long.valueOf(topics[slot]);
  }

  private void remember(long message, long topic) {
    if (topic == 0) {
      return;
    }
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

  /** Open addressing: the slot that holds the message, or the free one where it would stand; a topic of 0 means free. */
  private static int slot(long[] messages, long[] topics, long message) {
    int mask = messages.length - 1;
    int slot = (int) (message * 0x9E3779B97F4A7C15L >>> 32) & mask;
    while (topics[slot] != 0 && messages[slot] != message) {
      slot = slot + 1 & mask;
    }
    return slot;
  }
}
