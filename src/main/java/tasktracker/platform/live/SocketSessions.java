package tasktracker.platform.live;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Shutdown;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import tasktracker.platform.live.socket.CloseCode;
import tasktracker.platform.live.socket.OutboxBudget;

/** The open sockets of this node: sends pings, and closes sockets that do not answer or whose user has lost access. Thread-safe. */
@ApplicationScoped
public class SocketSessions {

  private static final int PING_SECONDS = 20;
  private static final int AUTHORIZATION_CHECK_SECONDS = 2;
  /** The proxy checks readiness every second, so after this delay clients that reconnect reach another node. */
  private static final Duration DRAIN_DELAY = Duration.ofMillis(2_500);
  private static final int MAX_CLOSURES = 1_000;
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(1);
  /** Limit for all outboxes together. */
  private static final long MAX_OUTGOING_BYTES = 16L << 20;
  private final OutboxBudget outgoing = new OutboxBudget(MAX_OUTGOING_BYTES);
  private final Queue<Closure> closures = new ConcurrentLinkedQueue<>();
  private final Map<String, SocketClient> clients = new ConcurrentHashMap<>();
  private final List<ScheduledFuture<?>> checks = new CopyOnWriteArrayList<>();
  private final SocketGuard guard;
  private final DrainSignal drain;
  private final ScheduledExecutorService scheduler;
  private int perAccount;
  private int perNode;

  /**
   * @param perAccount maximum number of open sockets of one account, including those of its programs
   * @param perNode maximum number of open sockets of this node
   */
  @Inject
  public SocketSessions(SocketGuard guard, DrainSignal drain, ScheduledExecutorService scheduler,
      @ConfigProperty(name = "SOCKETS_PER_ACCOUNT", defaultValue = "100") int perAccount,
      @ConfigProperty(name = "SOCKETS_PER_NODE", defaultValue = "2000") int perNode) {
    this.guard = guard;
    this.drain = drain;
    this.scheduler = scheduler;
    this.perAccount = perAccount;
    this.perNode = perNode;
  }

  void start(@Observes Startup event) {
    repeat(() -> clients.values().forEach(SocketClient::ping), PING_SECONDS);
    repeat(this::closeUnauthorized, AUTHORIZATION_CHECK_SECONDS);
    repeat(this::closeIfDraining, 1);
    repeat(() -> clients.values().forEach(SocketClient::closeIfOverdue), 1);
  }

  private void repeat(Runnable check, int seconds) {
    checks.add(scheduler.scheduleWithFixedDelay(check, seconds, seconds, TimeUnit.SECONDS));
  }

  void stop(@Observes Shutdown event) {
    checks.forEach(check -> check.cancel(false));
    closeAll();
    awaitCloseFrames();
  }

  /** Close frames are written by other threads, which the shutdown would interrupt. */
  private void awaitCloseFrames() {
    long end = System.nanoTime() + CLOSE_TIMEOUT.toNanos();
    while (System.nanoTime() < end && !clients.values().stream().allMatch(SocketClient::isFlushed)) {
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
  }

  /** Closes the sockets before the server stops, because a stopping server drops some without a close frame. */
  private void closeIfDraining() {
    if (drain.isAnnouncedFor(DRAIN_DELAY)) {
      closeAll();
    }
  }

  private void closeAll() {
    clients.values().forEach(client -> client.close(CloseCode.SERVICE_RESTART, "The server is restarting"));
  }

  /** Returns false when the account or this node has reached its maximum number of open sockets. */
  synchronized boolean add(SocketClient client) {
    return hasRoomFor(client.listener()) && clients.put(client.id(), client) == null;
  }

  boolean hasRoomFor(SocketGuard.Listener listener) {
    return clients.size() < perNode
        && clients.values().stream().filter(client -> client.listener().account().equals(listener.account())).count() < perAccount;
  }

  OutboxBudget outgoing() {
    return outgoing;
  }

  void remove(String id) {
    clients.remove(id);
  }

  Collection<SocketClient> all() {
    return clients.values();
  }

  private void closeUnauthorized() {
    clients.values().stream().filter(client -> !guard.isStillAdmitted(client.listener()))
        .forEach(client -> client.close(CloseCode.POLICY_VIOLATION, "Signed out"));
  }

  /** Number of subscriptions to each topic. */
  public Map<LiveTopic, Integer> countByTopic() {
    Map<LiveTopic, Integer> counts = new EnumMap<>(LiveTopic.class);
    clients.values().forEach(client -> client.topics().forEach(topic -> counts.merge(topic, 1, Integer::sum)));
    return counts;
  }

  /** Records the close code of a socket; 1006 means that the network or a proxy dropped the connection. */
  void recordClosure(int code) {
    closures.add(new Closure(Instant.now(), code));
    while (closures.size() > MAX_CLOSURES) {
      closures.poll();
    }
  }

  /** Number of sockets closed within the last hour, by close code; counts at most the last 1,000. */
  public Map<Integer, Integer> countClosuresByCode() {
    Map<Integer, Integer> counts = new TreeMap<>();
    recentClosures().forEach(closure -> counts.merge(closure.code(), 1, Integer::sum));
    return counts;
  }

  /** Number of sockets that ended within the last hour without a close frame. */
  public long countAbnormalClosures() {
    return recentClosures().filter(closure -> closure.code() == CloseCode.ABNORMAL.number()).count();
  }

  private Stream<Closure> recentClosures() {
    Instant since = Instant.now().minusSeconds(3_600);
    return closures.stream().filter(closure -> closure.at().isAfter(since));
  }

  private record Closure(Instant at, int code) {}

  /** Number of open sockets. */
  public int count() {
    return clients.size();
  }

  /** The requested topics that the user may subscribe to. */
  Set<LiveTopic> filterAllowed(SocketGuard.Listener listener, Set<LiveTopic> wanted) {
    return wanted.stream().filter(topic -> guard.maySubscribe(listener, topic)).collect(Collectors.toSet());
  }
}
