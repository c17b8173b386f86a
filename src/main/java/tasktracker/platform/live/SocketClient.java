package tasktracker.platform.live;

import jakarta.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import tasktracker.platform.live.socket.CloseCode;
import tasktracker.platform.live.socket.OutgoingFrame;
import tasktracker.platform.live.socket.SocketConnection;

/** One open socket: its user, its subscriptions, and when the client last sent a frame. */
class SocketClient {

  private static final Duration PING_TIMEOUT = Duration.ofSeconds(30);
  private final String id = UUID.randomUUID().toString();
  private final SocketConnection connection;
  private final SocketGuard.Listener listener;
  private final Set<LiveTopic> topics = ConcurrentHashMap.newKeySet();
  private final boolean wantsHtml;
  private volatile Instant lastReceived = Instant.now();
  private volatile boolean isPinged;

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

  boolean isSubscribedTo(LiveTopic topic) {
    return topics.contains(topic);
  }

  void send(OutgoingFrame frame) {
    connection.send(frame);
  }

  void close(CloseCode code, String reason) {
    connection.close(code, reason);
  }

  /** Closes the connection when the client has not answered the close frame in time. */
  void closeIfOverdue() {
    connection.closeIfOverdue();
  }

  /** True when the close frame has been sent. */
  boolean isFlushed() {
    return connection.isFlushed();
  }

  /** Records that the client has sent something. */
  void markAlive() {
    lastReceived = Instant.now();
  }

  /** Sends a ping; closes the connection when the client has sent nothing for 30 s despite an earlier ping. */
  void ping() {
    if (isPinged && lastReceived.plus(PING_TIMEOUT).isBefore(Instant.now())) {
      close(CloseCode.GOING_AWAY, "No answer to ping");
      return;
    }
    isPinged = true;
    send(OutgoingFrame.text(
        Json.createObjectBuilder().add("type", "ping").add("ts", Instant.now().toEpochMilli()).build().toString()));
  }
}
