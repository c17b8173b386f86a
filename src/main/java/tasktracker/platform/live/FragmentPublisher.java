package tasktracker.platform.live;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.json.Json;
import java.lang.System.Logger.Level;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Prints fragments for open pages, a quarter of a second's worth at a time, once for each language that is listening. */
@ApplicationScoped
public class FragmentPublisher {

  private static final System.Logger LOG = System.getLogger(FragmentPublisher.class.getName());
  private static final int TICK_MILLIS = 250;
  private static final int AT_ONCE = 300;

  /** A fragment to be printed for an event. */
  private record Sheet(Fragment fragment, LiveEvent event) {}

  private final Map<String, Sheet> waiting = new LinkedHashMap<>();
  private final ScheduledExecutorService ticker =
      Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("live-presses").factory());
  private @Nullable Instance<Fragment> fragments;
  private @Nullable SocketSessions sessions;
  private boolean overflown;

  protected FragmentPublisher() {}

  @Inject
  public FragmentPublisher(Instance<Fragment> fragments, SocketSessions sessions) {
    this.fragments = fragments;
    this.sessions = sessions;
    ticker.scheduleWithFixedDelay(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
  }

  @PreDestroy
  void stop() {
    ticker.shutdownNow();
  }

  /** Notes what the event changes; an older sheet of the same key is thrown away. */
  void print(LiveEvent event) {
    fragments.stream().filter(f -> f.after().contains(event.event())).forEach(f -> lay(new Sheet(f, event)));
  }

  private synchronized void lay(Sheet sheet) {
    // Topics have different listeners: a sheet of one must not take the place of another's.
    String key = sheet.event().event().topic() + " " + sheet.fragment().getClass().getName() + ' ' + sheet.fragment().key(sheet.event());
    waiting.remove(key);
    if (waiting.size() < AT_ONCE) {
      waiting.put(key, sheet);
    } else {
      overflown = true;
    }
  }

  private void tick() {
    List<Sheet> sheets;
    boolean reload;
    synchronized (this) {
      sheets = List.copyOf(waiting.values());
      reload = overflown;
      waiting.clear();
      overflown = false;
    }
    try {
      sessions.all().stream().filter(SocketClient::wantsHtml).map(client -> client.listener().locale()).distinct()
          .forEach(locale -> sheets.forEach(sheet -> deliver(sheet, locale)));
      if (reload) {
        OutgoingFrame advice = EventSocket.frame("reload", Json.createObjectBuilder().build());
        sessions.all().stream().filter(SocketClient::wantsHtml).forEach(client -> client.send(advice));
      }
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "Could not push fragments", e);
    }
  }

  /** One that cannot be rendered must not cost the others theirs. */
  private static String html(Sheet sheet, Locale locale) {
    try {
      return sheet.fragment().html(sheet.event(), locale);
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "Could not render what " + sheet.event().event() + " changes", e);
      return "";
    }
  }

  private void deliver(Sheet sheet, Locale locale) {
    List<SocketClient> clients = sessions.all().stream().filter(e -> e.wantsHtml() && e.listener().locale().equals(locale)
        && e.hears(sheet.event().event().topic())).toList();
    if (clients.isEmpty()) {
      return;
    }
    String html = html(sheet, locale);
    if (!html.isBlank()) {
      OutgoingFrame frame = OutgoingFrame.text(Json.createObjectBuilder().add("type", "html")
          .add("seq", sheet.event().seq()).add("html", html).build().toString());
      clients.forEach(client -> client.send(frame));
    }
  }
}
