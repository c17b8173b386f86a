package tasktracker.platform.live;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Hands events to the listeners of this node, in order, and remembers the last of each topic for those who resume. */
@ApplicationScoped
public class EventHub {

  private static final Memory NOTHING = new Memory();
  private final Map<LiveTopic, Memory> last = new EnumMap<>(LiveTopic.class);
  private final Set<Consumer<LiveEvent>> listeners = new CopyOnWriteArraySet<>();
  private long seen;
  private long forgotten;

  /** Has every event handed to the listener from now on; it must not block. */
  public void listen(Consumer<LiveEvent> listener) {
    listeners.add(listener);
  }

  /** Tells all listeners, once for each number. */
  synchronized void deliver(LiveEvent event) {
    if (event.seq() != 0) {
      if (event.seq() <= seen) {
        return;
      }
      seen = event.seq();
      remember(event);
    }
    listeners.forEach(listener -> listener.accept(event));
  }

  /** Does something between two events: whoever is told of the past and then listens must not miss one in between. */
  synchronized void betweenEvents(Runnable action) {
    action.run();
  }

  /** Events up to that number were dropped by the bus before this node heard them. */
  synchronized void forgotten(long seq) {
    forgotten = seq;
    seen = Math.max(seen, seq);
  }

  private void remember(LiveEvent event) {
    last.computeIfAbsent(event.event().topic(), t -> new Memory()).add(event);
  }

  /** The last events of a topic: at most a hundred, and a million characters of JSON. */
  private static final class Memory {

    private static final int MAX_EVENTS = 100;
    private static final int MAX_CHARACTERS = 1_000_000;
    private final Deque<LiveEvent> events = new ArrayDeque<>();
    private final Deque<Integer> lengths = new ArrayDeque<>();
    private int characters;
    private long forgotten;

    void add(LiveEvent event) {
      int length = event.data().toString().length();
      events.addLast(event);
      lengths.addLast(length);
      characters += length;
      while (events.size() > MAX_EVENTS || characters > MAX_CHARACTERS) {
        forgotten = events.removeFirst().seq();
        characters -= lengths.removeFirst();
      }
    }

    boolean hasAllSince(long seq) {
      return forgotten <= seq;
    }

    Stream<LiveEvent> since(long seq) {
      return events.stream().filter(event -> event.seq() > seq);
    }
  }

  /** Number of the last event heard. */
  public synchronized long seen() {
    return seen;
  }

  /**
   * What happened on the topics after that number, in order.
   *
   * @return null when something in between may be forgotten, and the listener must read everything anew
   */
  public synchronized @Nullable List<LiveEvent> since(long seq, Set<LiveTopic> topics) {
    List<LiveEvent> missed = new ArrayList<>();
    if (seq < forgotten) {
      return null;
    }
    for (LiveTopic topic : topics) {
      Memory memory = last.getOrDefault(topic, NOTHING);
      if (!memory.hasAllSince(seq)) {
        return null;
      }
      memory.since(seq).forEach(missed::add);
    }
    missed.sort(Comparator.comparingLong(LiveEvent::seq));
    return missed;
  }
}
