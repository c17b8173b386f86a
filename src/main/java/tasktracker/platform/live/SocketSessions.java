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
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** All who listen on this node: keeps them alive, lets the silent and the dismissed go. */
@ApplicationScoped
public class SocketSessions {

  private static final int PING_SECONDS = 20;
  private static final int DISMISS_SECONDS = 2;
  /** The proxy looks each second which nodes are ready: by then it sends whoever comes back to another one. */
  private static final Duration PROXY_TURNS_AWAY = Duration.ofMillis(2_500);
  private static final int REMEMBERED_ENDINGS = 1_000;
  private static final Duration GOODBYE = Duration.ofSeconds(1);
  /** Of all outboxes together. */
  private static final long MAX_OUTGOING_BYTES = 16L << 20;
  private final OutboxBudget outgoing = new OutboxBudget(MAX_OUTGOING_BYTES);
  private final Queue<Ending> endings = new ConcurrentLinkedQueue<>();
  private final Map<String, SocketClient> clients = new ConcurrentHashMap<>();
  private final ScheduledExecutorService ticker =
      Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("live-sessions").factory());
  private @Nullable SocketGuard guard;
  private @Nullable DrainSignal drain;
  private int perAccount;
  private int perNode;

  protected SocketSessions() {}

  /**
   * @param perAccount open sockets of one account, its programs' included
   * @param perNode open sockets of this node
   */
  @Inject
  public SocketSessions(SocketGuard guard, DrainSignal drain,
      @ConfigProperty(name = "SOCKETS_PER_ACCOUNT", defaultValue = "100") int perAccount,
      @ConfigProperty(name = "SOCKETS_PER_NODE", defaultValue = "2000") int perNode) {
    this.guard = guard;
    this.drain = drain;
    this.perAccount = perAccount;
    this.perNode = perNode;
  }

  void start(@Observes Startup event) {
    ticker.scheduleWithFixedDelay(() -> clients.values().forEach(SocketClient::ping), PING_SECONDS, PING_SECONDS, TimeUnit.SECONDS);
    ticker.scheduleWithFixedDelay(this::dismiss, DISMISS_SECONDS, DISMISS_SECONDS, TimeUnit.SECONDS);
    ticker.scheduleWithFixedDelay(this::sayGoodbye, 1, 1, TimeUnit.SECONDS);
    ticker.scheduleWithFixedDelay(() -> clients.values().forEach(SocketClient::endIfOverdue), 1, 1, TimeUnit.SECONDS);
  }

  void stop(@Observes Shutdown event) {
    ticker.shutdownNow();
    closeAll();
    awaitGoodbyes();
  }

  /** They are sent by other threads, which would be cut off. */
  private void awaitGoodbyes() {
    long end = System.nanoTime() + GOODBYE.toNanos();
    while (System.nanoTime() < end && !clients.values().stream().allMatch(SocketClient::isSilent)) {
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
  }

  /** Before the server stops: it would cut some of them off without a word. */
  private void sayGoodbye() {
    if (drain.isAnnouncedFor(PROXY_TURNS_AWAY)) {
      closeAll();
    }
  }

  private void closeAll() {
    clients.values().forEach(client -> client.close(CloseCode.SERVICE_RESTART, "The server is restarting"));
  }

  /** False when the account or this node has as many open sockets as it may. */
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

  private void dismiss() {
    clients.values().stream().filter(client -> !guard.stillAdmitted(client.listener()))
        .forEach(client -> client.close(CloseCode.POLICY_VIOLATION, "Signed out"));
  }

  /** How many listen to each topic. */
  public Map<LiveTopic, Integer> countByTopic() {
    Map<LiveTopic, Integer> counts = new EnumMap<>(LiveTopic.class);
    clients.values().forEach(client -> client.topics().forEach(topic -> counts.merge(topic, 1, Integer::sum)));
    return counts;
  }

  /** Remembers why a socket ended; those without a goodbye are what the network or a proxy cut. */
  void closed(int code) {
    endings.add(new Ending(Instant.now(), code));
    while (endings.size() > REMEMBERED_ENDINGS) {
      endings.poll();
    }
  }

  /** How sockets ended within the last hour, by WebSocket close code; at most the last thousand. */
  public Map<Integer, Integer> closures() {
    Map<Integer, Integer> counts = new TreeMap<>();
    recent().forEach(ending -> counts.merge(ending.code(), 1, Integer::sum));
    return counts;
  }

  /** How many ended within the last hour without a goodbye. */
  public long lost() {
    return recent().filter(ending -> ending.code() == CloseCode.ABNORMAL.number()).count();
  }

  private Stream<Ending> recent() {
    Instant since = Instant.now().minusSeconds(3_600);
    return endings.stream().filter(ending -> ending.at().isAfter(since));
  }

  private record Ending(Instant at, int code) {}

  /** How many listen at all. */
  public int count() {
    return clients.size();
  }

  /** Those among the wanted topics that the listener may hear. */
  Set<LiveTopic> allowed(SocketGuard.Listener listener, Set<LiveTopic> wanted) {
    return wanted.stream().filter(topic -> guard.mayHear(listener, topic)).collect(Collectors.toSet());
  }
}
