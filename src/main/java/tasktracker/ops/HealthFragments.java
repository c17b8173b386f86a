package tasktracker.ops;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;
import tasktracker.platform.live.LiveTopic.Event;
import tasktracker.platform.live.RefreshTrigger;

/** Refreshes open System pages when the health of a node has changed. */
@ApplicationScoped
public class HealthFragments extends RefreshTrigger {

  public HealthFragments() {
    super(Set.of(Event.HEALTH), "system-states");
  }
}
