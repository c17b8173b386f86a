package tasktracker.platform.live;

import jakarta.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** One open socket: who listens, to what, and when they were heard last. */
class SocketClient {

  private static final Duration SILENCE = Duration.ofSeconds(30);
  private final String id = UUID.randomUUID().toString();
  private final SocketConnection connection;
  private final SocketGuard.Listener listener;
  private final Set<LiveTopic> topics = ConcurrentHashMap.newKeySet();
  private final boolean wantsHtml;
  private volatile Instant heard = Instant.now();
  private volatile boolean asked;

  SocketClient(SocketConnection connection, SocketGuard.Listener listener, boolean wantsHtml) {
    this.connection = connection;
    this.listener = listener;
    this.wantsHtml = wantsHtml;
  }

  String id() {
    return id;
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

  void send(OutgoingFrame frame) {
    connection.send(frame);
  }

  void close(CloseCode code, String why) {
    connection.close(code, why);
  }

  /** Lets it go when it has not answered the goodbye in time. */
  void endIfOverdue() {
    connection.endIfOverdue();
  }

  /** The goodbye has been sent. */
  boolean isSilent() {
    return connection.isSilent();
  }

  /** The listener is alive. */
  void heardFrom() {
    heard = Instant.now();
  }

  /** Asks for a sign of life; who was asked before and stayed silent for thirty seconds is let go. */
  void ping() {
    if (asked && heard.plus(SILENCE).isBefore(Instant.now())) {
      close(CloseCode.GOING_AWAY, "No answer to ping");
      return;
    }
    asked = true;
    send(OutgoingFrame.text(
        Json.createObjectBuilder().add("type", "ping").add("ts", Instant.now().toEpochMilli()).build().toString()));
  }
}
