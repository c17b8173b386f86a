package tasktracker.summary;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;
import tasktracker.platform.live.LiveTopic.Event;
import tasktracker.platform.live.RefreshTrigger;

/** Refreshes the steps of open start pages. */
@ApplicationScoped
public class StartFragments extends RefreshTrigger {

  public StartFragments() {
    super(Set.of(Event.MESSAGE_NEW, Event.INGESTION_COMPLETED, Event.MESSAGE_SCORED, Event.BATCH_SCORED,
        Event.PROVIDER_VALIDATION_UPDATE, Event.KNOWLEDGE_ATOM_UPDATED, Event.TELEGRAM_CHECKED), "start-steps");
  }
}
