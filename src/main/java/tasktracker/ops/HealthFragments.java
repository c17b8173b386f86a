package tasktracker.ops;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Locale;
import java.util.Set;
import tasktracker.platform.live.Fragment;
import tasktracker.platform.live.LiveEvent;
import tasktracker.platform.live.LiveTopic.Event;

/** Has an open System page look again when the health of a node has changed. */
@ApplicationScoped
public class HealthFragments implements Fragment {

  @Override
  public Set<Event> after() {
    return Set.of(Event.HEALTH);
  }

  @Override
  public String key(LiveEvent event) {
    return "health";
  }

  @Override
  public String html(LiveEvent event, Locale locale) {
    return "<template data-stale=\"#system-states\"></template>";
  }
}
