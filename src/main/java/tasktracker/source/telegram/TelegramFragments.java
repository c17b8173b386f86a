package tasktracker.source.telegram;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Locale;
import java.util.Set;
import tasktracker.platform.live.Fragment;
import tasktracker.platform.live.LiveEvent;
import tasktracker.platform.live.LiveTopic.Event;

/** Has an open page of the connection ask anew how it stands; what it shows depends on who looks. */
@ApplicationScoped
public class TelegramFragments implements Fragment {

  @Override
  public Set<Event> after() {
    return Set.of(Event.TELEGRAM_CHECKED, Event.MESSAGE_NEW);
  }

  @Override
  public String key(LiveEvent event) {
    return "telegram";
  }

  @Override
  public String html(LiveEvent event, Locale locale) {
    return "<template data-stale=\"#telegram-state\"></template><template data-stale=\"#telegram-groups\"></template>";
  }
}
