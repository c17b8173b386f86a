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
import org.jspecify.annotations.Nullable;

/** Hands events to the listeners of this node, in order, and remembers the last of each topic for those who resume. */
@ApplicationScoped
public class Hub {

  private static final int REMEMBERED = 100;
  private final Map<LiveTopic, Deque<LiveEvent>> last = new EnumMap<>(LiveTopic.class);
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
    Deque<LiveEvent> of = last.computeIfAbsent(event.event().topic(), t -> new ArrayDeque<>());
    of.addLast(event);
    if (of.size() > REMEMBERED) {
      of.removeFirst();
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
      Deque<LiveEvent> of = last.getOrDefault(topic, new ArrayDeque<>());
      if (of.size() == REMEMBERED && of.peekFirst().seq() > seq) {
        return null;
      }
      of.stream().filter(e -> e.seq() > seq).forEach(missed::add);
    }
    missed.sort(Comparator.comparingLong(LiveEvent::seq));
    return missed;
  }
}
