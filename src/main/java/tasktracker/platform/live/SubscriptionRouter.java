package tasktracker.platform.live;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;
import jakarta.json.Json;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import tasktracker.platform.live.socket.CloseCode;
import tasktracker.platform.live.socket.Outbox;
import tasktracker.platform.live.socket.OutgoingFrame;

/** Routes events from the hub to sockets: envelopes to programs, fragments to pages. */
@ApplicationScoped
public class SubscriptionRouter {

  private static final Set<LiveTopic> DEFAULT_TOPICS = EnumSet.of(LiveTopic.AGENTS, LiveTopic.TASKS, LiveTopic.PROVIDERS,
      LiveTopic.MESSAGES, LiveTopic.ANALYSIS, LiveTopic.PROPOSALS);
  private final EventHub hub;
  private final SocketSessions sessions;
  private final FragmentPublisher publisher;

  @Inject
  public SubscriptionRouter(EventHub hub, SocketSessions sessions, FragmentPublisher publisher) {
    this.hub = hub;
    this.sessions = sessions;
    this.publisher = publisher;
  }

  void start(@Observes @Priority(Interceptor.Priority.LIBRARY_BEFORE) Startup event) {
    hub.subscribe(this::sendToPrograms);
    hub.subscribe(publisher::enqueue);
  }

  private void sendToPrograms(LiveEvent event) {
    List<SocketClient> subscribers = sessions.all().stream()
        .filter(client -> !client.wantsHtml() && client.isSubscribedTo(event.event().topic())).toList();
    if (!subscribers.isEmpty()) {
      OutgoingFrame envelope = OutgoingFrame.text(event.envelope());
      subscribers.forEach(client -> client.send(envelope));
    }
  }

  /**
   * Sends a greeting and the missed events to a client, and subscribes it to its topics.
   *
   * @param topics names, separated by commas; blank for the default topics
   * @param resume the last sequence number that the client has received
   */
  void connect(SocketClient client, String topics, OptionalLong resume) {
    client.topics().addAll(sessions.filterAllowed(client.listener(), parseTopics(topics)));
    hub.runBetweenEvents(() -> {
      if (sessions.add(client)) {
        sendGreeting(client);
        resume.ifPresent(seq -> resume(client, seq));
      } else {
        client.close(CloseCode.TRY_AGAIN_LATER, "Too many sockets are open");
      }
    });
  }

  private static Set<LiveTopic> parseTopics(String names) {
    Set<LiveTopic> topics = EnumSet.noneOf(LiveTopic.class);
    Arrays.stream(names.split(",")).map(String::trim).forEach(name -> LiveTopic.of(name).ifPresent(topics::add));
    return names.isBlank() ? DEFAULT_TOPICS : topics;
  }

  private void sendGreeting(SocketClient client) {
    var topics = Json.createArrayBuilder(client.topics().stream().map(LiveTopic::wire).sorted().toList());
    client.send(EventSocket.frame("connection", Json.createObjectBuilder().add("status", "connected")
        .add("message", "Connected").add("topics", topics).add("seq", hub.lastSequence())
        .add("connection_id", client.id()).build()));
  }

  /** Sends the events after this sequence number, or asks the client to reload when too many were missed. */
  private void resume(SocketClient client, long seq) {
    List<LiveEvent> missed = hub.since(seq, client.topics());
    if (missed == null || client.wantsHtml() && !missed.isEmpty()) {
      // Reloading a page once is cheaper and safer than sending many old fragments.
      requestReload(client);
    } else {
      catchUp(client, missed);
    }
  }

  /** Events that would fill the outbox are not sent: the client would be disconnected as too slow on every reconnect. */
  private void catchUp(SocketClient client, List<LiveEvent> missed) {
    List<OutgoingFrame> frames = missed.stream().map(LiveEvent::envelope).map(OutgoingFrame::text).toList();
    if (frames.size() > Outbox.MAX_FRAMES / 2 || frames.stream().mapToLong(OutgoingFrame::size).sum() > Outbox.MAX_BYTES / 2) {
      requestReload(client);
    } else {
      frames.forEach(client::send);
    }
  }

  private void requestReload(SocketClient client) {
    client.send(EventSocket.frame("reload", Json.createObjectBuilder().add("seq", hub.lastSequence()).build()));
  }

  void disconnect(SocketClient client, int code) {
    sessions.remove(client.id());
    sessions.recordClosure(code);
  }

  /** Adds or removes a topic; fails for a topic that does not exist or that the user may not subscribe to. */
  void changeSubscription(SocketClient client, ClientRequest request) {
    Optional<LiveTopic> topic = LiveTopic.of(request.topic()).filter(t -> !sessions.filterAllowed(client.listener(), Set.of(t)).isEmpty());
    topic.ifPresent(t -> {
      if (request.action() == ClientRequest.Action.SUBSCRIBE) {
        client.topics().add(t);
      } else {
        client.topics().remove(t);
      }
    });
    client.send(EventSocket.frame("subscription", Json.createObjectBuilder()
        .add("action", topic.isEmpty() ? "failed" : request.action().confirmation()).add("topic", request.topic()).build()));
  }
}
