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
import org.jspecify.annotations.Nullable;

/** Connects sockets with the hub: programs hear envelopes, pages hear fragments. */
@ApplicationScoped
public class SubscriptionRouter {

  private static final Set<LiveTopic> USUAL = EnumSet.of(LiveTopic.AGENTS, LiveTopic.TASKS, LiveTopic.PROVIDERS,
      LiveTopic.MESSAGES, LiveTopic.ANALYSIS, LiveTopic.PROPOSALS);
  private @Nullable EventHub hub;
  private @Nullable SocketSessions sessions;
  private @Nullable FragmentPublisher publisher;

  protected SubscriptionRouter() {}

  @Inject
  public SubscriptionRouter(EventHub hub, SocketSessions sessions, FragmentPublisher publisher) {
    this.hub = hub;
    this.sessions = sessions;
    this.publisher = publisher;
  }

  void start(@Observes @Priority(Interceptor.Priority.LIBRARY_BEFORE) Startup event) {
    hub.listen(this::toPrograms);
    hub.listen(publisher::print);
  }

  private void toPrograms(LiveEvent event) {
    List<SocketClient> hearing = sessions.all().stream().filter(e -> !e.wantsHtml() && e.hears(event.event().topic())).toList();
    if (!hearing.isEmpty()) {
      OutgoingFrame envelope = OutgoingFrame.text(event.envelope());
      hearing.forEach(client -> client.send(envelope));
    }
  }

  /**
   * Greets a listener, tells what they missed and has them hear what comes.
   *
   * @param topics names, separated by commas; the usual ones when it is blank
   * @param resume the last number that they have heard
   */
  void connect(SocketClient client, String topics, OptionalLong resume) {
    client.topics().addAll(sessions.allowed(client.listener(), wanted(topics)));
    hub.betweenEvents(() -> {
      if (sessions.add(client)) {
        welcome(client);
        resume.ifPresent(seq -> resume(client, seq));
      } else {
        client.close(CloseCode.TRY_AGAIN_LATER, "Too many sockets are open");
      }
    });
  }

  private static Set<LiveTopic> wanted(String names) {
    Set<LiveTopic> wanted = EnumSet.noneOf(LiveTopic.class);
    Arrays.stream(names.split(",")).map(String::trim).forEach(name -> LiveTopic.of(name).ifPresent(wanted::add));
    return names.isBlank() ? USUAL : wanted;
  }

  private void welcome(SocketClient client) {
    var topics = Json.createArrayBuilder(client.topics().stream().map(LiveTopic::wire).sorted().toList());
    client.send(EventSocket.frame("connection", Json.createObjectBuilder().add("status", "connected")
        .add("message", "Connected").add("topics", topics).add("seq", hub.seen())
        .add("connection_id", client.id()).build()));
  }

  /** Sends what was missed since that number, or says that too much was missed. */
  private void resume(SocketClient client, long seq) {
    List<LiveEvent> missed = hub.since(seq, client.topics());
    if (missed == null || client.wantsHtml() && !missed.isEmpty()) {
      // A page catches up by asking for itself once: cheaper and surer than a heap of old fragments.
      reload(client);
    } else {
      catchUp(client, missed);
    }
  }

  /** What would fill an outbox is not sent: the listener would be closed as too slow each time it comes back. */
  private void catchUp(SocketClient client, List<LiveEvent> missed) {
    List<OutgoingFrame> frames = missed.stream().map(LiveEvent::envelope).map(OutgoingFrame::text).toList();
    if (frames.size() > Outbox.MAX_FRAMES / 2 || frames.stream().mapToLong(OutgoingFrame::size).sum() > Outbox.MAX_BYTES / 2) {
      reload(client);
    } else {
      frames.forEach(client::send);
    }
  }

  private void reload(SocketClient client) {
    client.send(EventSocket.frame("reload", Json.createObjectBuilder().add("seq", hub.seen()).build()));
  }

  void disconnect(SocketClient client, int code) {
    sessions.remove(client.id());
    sessions.closed(code);
  }

  /** Adds or takes a topic away; a topic that does not exist, or is not for them, fails. */
  void change(SocketClient client, ClientRequest asked) {
    Optional<LiveTopic> topic =
        LiveTopic.of(asked.topic()).filter(t -> !sessions.allowed(client.listener(), Set.of(t)).isEmpty());
    topic.ifPresent(t -> {
      if (asked.action() == ClientRequest.Action.SUBSCRIBE) {
        client.topics().add(t);
      } else {
        client.topics().remove(t);
      }
    });
    client.send(EventSocket.frame("subscription", Json.createObjectBuilder()
        .add("action", topic.isEmpty() ? "failed" : asked.action().done()).add("topic", asked.topic()).build()));
  }
}
