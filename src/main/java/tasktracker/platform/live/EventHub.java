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

/**
 * Delivers events to the subscribers of this node in order, and keeps the latest events of each topic for clients that
 * resume. Thread-safe.
 */
@ApplicationScoped
public class EventHub {

  private static final History EMPTY = new History();
  private final Map<LiveTopic, History> histories = new EnumMap<>(LiveTopic.class);
  private final Set<Consumer<LiveEvent>> listeners = new CopyOnWriteArraySet<>();
  private long lastSequence;
  private long droppedUpTo;

  /** Adds a subscriber that receives every event from now on; it must not block. */
  public void subscribe(Consumer<LiveEvent> listener) {
    listeners.add(listener);
  }

  /** Delivers an event to all subscribers, once for each sequence number. */
  synchronized void deliver(LiveEvent event) {
    if (event.seq() != 0) {
      if (event.seq() <= lastSequence) {
        return;
      }
      lastSequence = event.seq();
      remember(event);
    }
    listeners.forEach(listener -> listener.accept(event));
  }

  /** Runs an action while no event is delivered, so that a client that first catches up and then subscribes misses none. */
  synchronized void runBetweenEvents(Runnable action) {
    action.run();
  }

  /** Records that the stream dropped the events up to this sequence number before this node received them. */
  synchronized void markDropped(long seq) {
    droppedUpTo = seq;
    lastSequence = Math.max(lastSequence, seq);
  }

  private void remember(LiveEvent event) {
    histories.computeIfAbsent(event.event().topic(), t -> new History()).add(event);
  }

  /** The latest events of a topic: at most 100 events and 1,000,000 characters of JSON. */
  private static final class History {

    private static final int MAX_EVENTS = 100;
    private static final int MAX_CHARACTERS = 1_000_000;
    private final Deque<LiveEvent> events = new ArrayDeque<>();
    private final Deque<Integer> lengths = new ArrayDeque<>();
    private int characters;
    private long droppedUpTo;

    void add(LiveEvent event) {
      int length = event.data().toString().length();
      events.addLast(event);
      lengths.addLast(length);
      characters += length;
      while (events.size() > MAX_EVENTS || characters > MAX_CHARACTERS) {
        droppedUpTo = events.removeFirst().seq();
        characters -= lengths.removeFirst();
      }
    }

    boolean hasAllSince(long seq) {
      return droppedUpTo <= seq;
    }

    Stream<LiveEvent> since(long seq) {
      return events.stream().filter(event -> event.seq() > seq);
    }
  }

  /** Sequence number of the latest event that was received. */
  public synchronized long lastSequence() {
    return lastSequence;
  }

  /**
   * Events of the topics after this sequence number, in order.
   *
   * @return null when events in between may have been dropped, so that the client must reload its data
   */
  public synchronized @Nullable List<LiveEvent> since(long seq, Set<LiveTopic> topics) {
    List<LiveEvent> events = new ArrayList<>();
    if (seq < droppedUpTo) {
      return null;
    }
    for (LiveTopic topic : topics) {
      History history = histories.getOrDefault(topic, EMPTY);
      if (!history.hasAllSince(seq)) {
        return null;
      }
      history.since(seq).forEach(events::add);
    }
    events.sort(Comparator.comparingLong(LiveEvent::seq));
    return events;
  }
}
