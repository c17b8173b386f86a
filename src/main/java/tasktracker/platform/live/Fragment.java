package tasktracker.platform.live;

import java.util.Locale;
import java.util.Set;

/**
 * A piece of page that changes when something happens. A CDI bean of the package that renders the same piece for the
 * page itself: who renders the row pushes the row. It is rendered once for each event and language, not for each
 * viewer, so it must look the same to everyone.
 */
public interface Fragment {

  /** The events after which it looks different. */
  Set<LiveTopic.Event> after();

  /** HTML with {@code id} and {@code hx-swap-oob} on its outer elements; empty when this event changes nothing. */
  String html(LiveEvent event, Locale locale);

  /**
   * Events of one key that come within a quarter of a second are shown once, as the last of them: a counter, a bar.
   */
  default String key(LiveEvent event) {
    return String.valueOf(event.seq());
  }
}
