package tasktracker.scoring.noise;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Locale;
import java.util.Set;
import tasktracker.platform.live.Fragment;
import tasktracker.platform.live.LiveEvent;
import tasktracker.platform.live.LiveTopic.Event;
import tasktracker.platform.live.RefreshTrigger;

/** Triggers a refresh of open noise pages when scores or scoring jobs change. */
@ApplicationScoped
public class NoiseFragments implements Fragment {

  private static final String MOVED = RefreshTrigger.of("noise-live");

  private static final Set<String> KINDS = Set.of("score_unscored_messages_task", "reclassify_messages_task");

  @Override
  public Set<Event> after() {
    return Set.of(Event.MESSAGE_DELETED, Event.MESSAGE_RESTORED, Event.MESSAGE_SCORED, Event.BATCH_SCORED, Event.JOB_CHANGED,
        Event.JOB_PROGRESS);
  }

  @Override
  public String key(LiveEvent event) {
    return "noise" + concerns(event);
  }

  @Override
  public String html(LiveEvent event, Locale locale) {
    return concerns(event) ? MOVED : "";
  }

  private static boolean concerns(LiveEvent event) {
    return event.event().topic() != Event.JOB_CHANGED.topic()
        || KINDS.contains(event.data().getString("kind", ""));
  }
}
