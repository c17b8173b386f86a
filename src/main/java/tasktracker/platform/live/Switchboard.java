package tasktracker.platform.live;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;
import jakarta.json.Json;
import jakarta.websocket.CloseReason;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.Session;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Connects sockets with the hub: programs hear envelopes, pages hear fragments. */
@ApplicationScoped
public class Switchboard {

  private static final Set<LiveTopic> USUAL = EnumSet.of(LiveTopic.AGENTS, LiveTopic.TASKS, LiveTopic.PROVIDERS,
      LiveTopic.MESSAGES, LiveTopic.ANALYSIS, LiveTopic.PROPOSALS);
  private final Map<String, Ear> ears = new ConcurrentHashMap<>();
  private @Nullable Hub hub;
  private @Nullable Sessions sessions;
  private @Nullable Presses presses;

  protected Switchboard() {}

  @Inject
  public Switchboard(Hub hub, Sessions sessions, Presses presses) {
    this.hub = hub;
    this.sessions = sessions;
    this.presses = presses;
  }

  void start(@Observes @Priority(Interceptor.Priority.LIBRARY_BEFORE) Startup event) {
    hub.listen(this::toPrograms);
    hub.listen(presses::print);
  }

  private void toPrograms(LiveEvent event) {
    List<Ear> hearing = sessions.all().stream().filter(e -> !e.wantsHtml() && e.hears(event.event().topic())).toList();
    if (!hearing.isEmpty()) {
      String envelope = event.envelope();
      hearing.forEach(ear -> ear.send(envelope));
    }
  }

  void connect(Session session, EndpointConfig config, boolean wantsHtml) {
    if (!(config.getUserProperties().get(GuardedHandshake.LISTENER) instanceof SocketGuard.Listener listener)) {
      refuse(session);
      return;
    }
    Ear ear = new Ear(session, listener, wantsHtml);
    ear.topics().addAll(sessions.allowed(listener, wanted(parameter(session, "topics").orElse(""))));
    ears.put(session.getId(), ear);
    hub.betweenEvents(() -> {
      welcome(ear);
      parameter(session, "resume").filter(r -> r.matches("\\d{1,18}")).ifPresent(r -> resume(ear, Long.parseLong(r)));
      sessions.add(ear);
    });
  }

  private static void refuse(Session session) {
    try {
      session.close(new CloseReason(CloseReason.CloseCodes.VIOLATED_POLICY, "Sign in first"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<String> parameter(Session session, String name) {
    return session.getRequestParameterMap().getOrDefault(name, List.of()).stream().findFirst();
  }

  private static Set<LiveTopic> wanted(String names) {
    Set<LiveTopic> wanted = EnumSet.noneOf(LiveTopic.class);
    Arrays.stream(names.split(",")).map(String::trim).forEach(name -> LiveTopic.of(name).ifPresent(wanted::add));
    return names.isBlank() ? USUAL : wanted;
  }

  private void welcome(Ear ear) {
    var topics = Json.createArrayBuilder(ear.topics().stream().map(LiveTopic::wire).sorted().toList());
    ear.send(EventSocket.frame("connection", Json.createObjectBuilder().add("status", "connected")
        .add("message", "Connected").add("topics", topics).add("seq", hub.seen())
        .add("connection_id", ear.id()).build()));
  }

  /** Sends what was missed since that number, or says that too much was missed. */
  private void resume(Ear ear, long seq) {
    List<LiveEvent> missed = hub.since(seq, ear.topics());
    if (missed == null || ear.wantsHtml() && !missed.isEmpty()) {
      // A page catches up by asking for itself once: cheaper and surer than a heap of old fragments.
      ear.send(EventSocket.frame("reload", Json.createObjectBuilder().add("seq", hub.seen()).build()));
    } else {
      missed.forEach(event -> ear.send(event.envelope()));
    }
  }

  @Nullable Ear ear(Session session) {
    return ears.get(session.getId());
  }

  void disconnect(Session session, CloseReason reason) {
    disconnect(session);
    sessions.closed(reason);
  }

  void disconnect(Session session) {
    ears.remove(session.getId());
    sessions.remove(session.getId());
  }

  /** Adds or takes a topic away; a topic that does not exist, or is not for them, fails. */
  void change(Ear ear, String action, String name) {
    Optional<LiveTopic> topic = LiveTopic.of(name).filter(t -> !sessions.allowed(ear.listener(), Set.of(t)).isEmpty());
    topic.ifPresent(t -> {
      if (action.equals("subscribe")) {
        ear.topics().add(t);
      } else {
        ear.topics().remove(t);
      }
    });
    ear.send(EventSocket.frame("subscription", Json.createObjectBuilder()
        .add("action", topic.isEmpty() ? "failed" : action + "d").add("topic", name).build()));
  }
}
