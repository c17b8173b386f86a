package tasktracker.ops;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;
import tasktracker.platform.live.LiveTopic.Event;
import tasktracker.platform.live.RefreshTrigger;

/** Refreshes the failed items on open pages: the list of all, and those of one message. */
@ApplicationScoped
public class FailedItemFragments extends RefreshTrigger {

  public FailedItemFragments() {
    super(Set.of(Event.FAILED_ITEMS_CHANGED), "failed-items", "message-failures");
  }
}
