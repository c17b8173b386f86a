package tasktracker.source.telegram;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;
import tasktracker.platform.live.LiveTopic.Event;
import tasktracker.platform.live.RefreshTrigger;

/** Refreshes open pages of the connection; their content depends on the user's role. */
@ApplicationScoped
public class TelegramFragments extends RefreshTrigger {

  public TelegramFragments() {
    super(Set.of(Event.TELEGRAM_CHECKED, Event.MESSAGE_NEW), "telegram-state", "telegram-groups");
  }
}
