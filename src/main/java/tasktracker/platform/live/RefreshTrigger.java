package tasktracker.platform.live;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import tasktracker.platform.live.LiveTopic.Event;

/**
 * A fragment without content: it makes regions of open pages reload themselves, because they look different to each
 * user.
 */
public abstract class RefreshTrigger implements Fragment {

  private final Set<Event> after;
  private final String html;

  /** @param regions ids of the regions, each with {@code hx-trigger="stale"} */
  protected RefreshTrigger(Set<Event> after, String... regions) {
    this.after = after;
    this.html = of(regions);
  }

  /** HTML that makes these regions reload, as part of a pushed fragment. */
  public static String of(String... regions) {
    return Arrays.stream(regions).map("<template data-stale=\"#%s\"></template>"::formatted).collect(Collectors.joining());
  }

  @Override
  public Set<Event> after() {
    return after;
  }

  /** All events of a burst cause one refresh. */
  @Override
  public String key(LiveEvent event) {
    return html;
  }

  @Override
  public String html(LiveEvent event, Locale locale) {
    return html;
  }
}
