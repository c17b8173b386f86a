package tasktracker.summary;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;
import tasktracker.platform.live.LiveTopic.Event;
import tasktracker.platform.live.RefreshTrigger;

/** Refreshes on open overviews what waits for review, the newest decisions and the open questions. */
@ApplicationScoped
public class OverviewKnowledgeFragments extends RefreshTrigger {

  public OverviewKnowledgeFragments() {
    super(Set.of(Event.KNOWLEDGE_ATOM_CREATED, Event.KNOWLEDGE_ATOM_UPDATED, Event.KNOWLEDGE_VERSION_CREATED,
        Event.PENDING_COUNT_UPDATED, Event.PROPOSAL_CREATED, Event.PROPOSAL_UPDATED, Event.PROPOSAL_APPROVED, Event.PROPOSAL_REJECTED,
        Event.PROPOSAL_MERGED), "overview-top", "overview-knowledge");
  }
}
