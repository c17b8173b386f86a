package tasktracker.platform.live;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.json.Json;
import java.lang.System.Logger.Level;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.live.socket.OutgoingFrame;

/** Renders fragments for open pages every 250 ms, once for each language in use, and sends them to the subscribers of their topic. */
@ApplicationScoped
public class FragmentPublisher {

  private static final System.Logger LOG = System.getLogger(FragmentPublisher.class.getName());
  private static final int INTERVAL_MILLIS = 250;
  private static final int MAX_PENDING = 300;

  /** A fragment to be rendered for an event. */
  private record Update(Fragment fragment, LiveEvent event) {}

  private final Map<String, Update> pending = new LinkedHashMap<>();
  private final Instance<Fragment> fragments;
  private final SocketSessions sessions;
  private final ScheduledExecutorService scheduler;
  private @Nullable ScheduledFuture<?> task;
  private boolean hasOverflowed;

  @Inject
  public FragmentPublisher(Instance<Fragment> fragments, SocketSessions sessions, ScheduledExecutorService scheduler) {
    this.fragments = fragments;
    this.sessions = sessions;
    this.scheduler = scheduler;
  }

  void start(@Observes Startup event) {
    task = scheduler.scheduleWithFixedDelay(this::publishPending, INTERVAL_MILLIS, INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
  }

  @PreDestroy
  void stop() {
    if (task != null) {
      task.cancel(false);
    }
  }

  /** Queues the fragments that this event updates; each replaces a pending update of the same key. */
  void enqueue(LiveEvent event) {
    fragments.stream().filter(f -> f.after().contains(event.event())).forEach(f -> addPending(new Update(f, event)));
  }

  private synchronized void addPending(Update update) {
    // Topics have different subscribers: an update of one topic must not replace that of another.
    String key = update.event().event().topic() + " " + update.fragment().getClass().getName() + ' '
        + update.fragment().key(update.event());
    pending.remove(key);
    if (pending.size() < MAX_PENDING) {
      pending.put(key, update);
    } else {
      hasOverflowed = true;
    }
  }

  private void publishPending() {
    List<Update> updates;
    boolean reload;
    synchronized (this) {
      updates = List.copyOf(pending.values());
      reload = hasOverflowed;
      pending.clear();
      hasOverflowed = false;
    }
    try {
      sessions.all().stream().filter(SocketClient::wantsHtml).map(client -> client.listener().locale()).distinct()
          .forEach(locale -> updates.forEach(update -> deliver(update, locale)));
      if (reload) {
        OutgoingFrame reloadFrame = EventSocket.frame("reload", Json.createObjectBuilder().build());
        sessions.all().stream().filter(SocketClient::wantsHtml).forEach(client -> client.send(reloadFrame));
      }
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "Could not publish fragments", e);
    }
  }

  /** A fragment that cannot be rendered must not stop the others. */
  private static String html(Update update, Locale locale) {
    try {
      return update.fragment().html(update.event(), locale);
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "Could not render a fragment for the event " + update.event().event(), e);
      return "";
    }
  }

  private void deliver(Update update, Locale locale) {
    List<SocketClient> clients = sessions.all().stream().filter(e -> e.wantsHtml() && e.listener().locale().equals(locale)
        && e.isSubscribedTo(update.event().event().topic())).toList();
    if (clients.isEmpty()) {
      return;
    }
    String html = html(update, locale);
    if (!html.isBlank()) {
      OutgoingFrame frame = OutgoingFrame.text(Json.createObjectBuilder().add("type", "html")
          .add("seq", update.event().seq()).add("html", html).build().toString());
      clients.forEach(client -> client.send(frame));
    }
  }
}
