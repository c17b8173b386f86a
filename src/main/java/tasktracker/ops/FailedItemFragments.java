package tasktracker.ops;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;
import tasktracker.platform.live.LiveTopic.Event;
import tasktracker.platform.live.RefreshTrigger;

/** Has open pages look again at the failed items that they show: those of all batches, and those of one message. */
@ApplicationScoped
public class FailedItemFragments extends RefreshTrigger {

  public FailedItemFragments() {
    super(Set.of(Event.FAILED_ITEMS_CHANGED), "failed-items", "message-failures");
  }
}
