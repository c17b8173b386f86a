package tasktracker.platform.live;

import java.util.Locale;
import java.util.Set;

/**
 * A part of a page that is updated by events. It is a CDI bean of the package that renders the same part for the page
 * itself. It is rendered once for each event and language, not for each user, so its HTML must not depend on the user.
 */
public interface Fragment {

  /** The events that update it. */
  Set<LiveTopic.Event> after();

  /** HTML with {@code id} and {@code hx-swap-oob} on its outer elements; empty when this event does not change it. */
  String html(LiveEvent event, Locale locale);

  /**
   * Throttling key: of the events with the same key within 250 ms only the last one is rendered, for example for a
   * counter or a progress bar.
   */
  default String key(LiveEvent event) {
    return String.valueOf(event.seq());
  }
}
