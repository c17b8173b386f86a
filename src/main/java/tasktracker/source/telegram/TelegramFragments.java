package tasktracker.source.telegram;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;
import tasktracker.platform.live.LiveTopic.Event;
import tasktracker.platform.live.RefreshTrigger;

/** Has an open page of the connection ask anew how it stands; what it shows depends on who looks. */
@ApplicationScoped
public class TelegramFragments extends RefreshTrigger {

  public TelegramFragments() {
    super(Set.of(Event.TELEGRAM_CHECKED, Event.MESSAGE_NEW), "telegram-state", "telegram-groups");
  }
}
