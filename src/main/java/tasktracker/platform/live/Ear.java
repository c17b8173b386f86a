package tasktracker.platform.live;

import jakarta.json.Json;
import jakarta.websocket.CloseReason;
import jakarta.websocket.Session;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** One open socket: who listens, to what, and when they were heard last. */
class Ear {

  private static final Duration SILENCE = Duration.ofSeconds(30);
  private final Session session;
  private final SocketGuard.Listener listener;
  private final Outbox outbox;
  private final Set<LiveTopic> topics = ConcurrentHashMap.newKeySet();
  private final boolean wantsHtml;
  private volatile Instant heard = Instant.now();
  private volatile boolean asked;

  Ear(Session session, SocketGuard.Listener listener, boolean wantsHtml) {
    this.session = session;
    this.listener = listener;
    this.wantsHtml = wantsHtml;
    this.outbox = new Outbox(session);
  }

  String id() {
    return session.getId();
  }

  SocketGuard.Listener listener() {
    return listener;
  }

  Set<LiveTopic> topics() {
    return topics;
  }

  boolean wantsHtml() {
    return wantsHtml;
  }

  boolean hears(LiveTopic topic) {
    return topics.contains(topic);
  }

  void send(String frame) {
    outbox.send(frame);
  }

  void close(CloseReason.CloseCode code, String why) {
    outbox.close(code, why);
  }

  /** The listener is alive. */
  void heardFrom() {
    heard = Instant.now();
  }

  /** Asks for a sign of life; who was asked before and stayed silent for thirty seconds is let go. */
  void ping() {
    if (asked && heard.plus(SILENCE).isBefore(Instant.now())) {
      close(CloseReason.CloseCodes.GOING_AWAY, "No answer to ping");
      return;
    }
    asked = true;
    send(Json.createObjectBuilder().add("type", "ping").add("ts", Instant.now().toEpochMilli()).build().toString());
  }
}
