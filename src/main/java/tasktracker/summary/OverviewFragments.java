package tasktracker.summary;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;
import tasktracker.platform.live.LiveTopic.Event;
import tasktracker.platform.live.RefreshTrigger;

/** Refreshes the counts, lists and charts of open overviews, each with its own period. */
@ApplicationScoped
public class OverviewFragments extends RefreshTrigger {

  public OverviewFragments() {
    super(Set.of(Event.MESSAGE_NEW, Event.MESSAGE_UPDATED, Event.MESSAGE_DELETED, Event.MESSAGE_RESTORED, Event.MESSAGE_SCORED,
        Event.BATCH_SCORED, Event.INGESTION_PROGRESS, Event.INGESTION_COMPLETED), "overview-top", "overview-lists", "overview-trend");
  }
}
