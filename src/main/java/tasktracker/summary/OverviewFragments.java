package tasktracker.summary;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Locale;
import java.util.Set;
import tasktracker.platform.live.Fragment;
import tasktracker.platform.live.LiveEvent;
import tasktracker.platform.live.LiveTopic.Event;

/** Nudges open overviews to ask for their figures and lists again; each asks with its own period. */
@ApplicationScoped
public class OverviewFragments implements Fragment {

  @Override
  public Set<Event> after() {
    return Set.of(Event.MESSAGE_NEW, Event.MESSAGE_UPDATED, Event.MESSAGE_DELETED, Event.MESSAGE_RESTORED, Event.MESSAGE_SCORED, Event.BATCH_SCORED,
        Event.INGESTION_PROGRESS, Event.INGESTION_COMPLETED);
  }

  @Override
  public String key(LiveEvent event) {
    return "overview";
  }

  @Override
  public String html(LiveEvent event, Locale locale) {
    return "<template data-stale=\"#overview-top\"></template><template data-stale=\"#overview-lists\"></template><template data-stale=\"#overview-trend\"></template>";
  }
}
