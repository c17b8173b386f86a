package tasktracker.platform.data;

import io.nats.client.Connection;
import io.nats.client.ConnectionListener;
import io.nats.client.Consumer;
import io.nats.client.ErrorListener;
import io.nats.client.Options;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * The one connection of this node to NATS. It is made in the background and made again for ever: the product works
 * without the broker, more slowly, and nothing that is asked of this class ever waits for it.
 */
@ApplicationScoped
public class NatsConnection {

  private static final System.Logger LOG = System.getLogger(NatsConnection.class.getName());
  private static final Duration AFTER_A_REFUSAL = Duration.ofSeconds(5);
  private final List<Runnable> whenConnected = new CopyOnWriteArrayList<>();
  private volatile @Nullable Connection connection;
  private volatile boolean away;
  private volatile boolean closing;
  private @Nullable BrokerAddress address;

  protected NatsConnection() {}

  @Inject
  public NatsConnection(@ConfigProperty(name = "NATS_URL", defaultValue = "nats://localhost:4222") String servers) {
    this.address = BrokerAddress.of(servers);
  }

  void start(@Observes @Priority(Interceptor.Priority.LIBRARY_BEFORE) Startup event) {
    connect();
  }

  private void connect() {
    try {
      io.nats.client.Nats.connectAsynchronously(options(), true);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Options options() {
    var options = new Options.Builder().servers(address.servers().toArray(String[]::new)).connectionName("task-tracker")
        .maxReconnects(-1).reconnectWait(Duration.ofMillis(500)).connectionTimeout(Duration.ofSeconds(3))
        .pingInterval(Duration.ofSeconds(10)).maxPingsOut(3)
        .connectionListener(this::heard).errorListener(new Errors());
    return authenticated(options).build();
  }

  private Options.Builder authenticated(Options.Builder options) {
    if (address.secret() == null) {
      return options;
    }
    return address.user() == null ? options.token(address.secret().toCharArray()) : options.userInfo(address.user(), address.secret());
  }

  /** What goes wrong on the wire. That the broker is away or refuses us is said once; each further try is detail. */
  private final class Errors implements ErrorListener {
    @Override
    public void exceptionOccurred(Connection from, Exception cause) {
      LOG.log(Level.DEBUG, "NATS: {0}", cause.toString());
    }

    @Override
    public void errorOccurred(Connection from, String error) {
      LOG.log(away ? Level.DEBUG : Level.WARNING, "NATS answered with an error: {0}", error);
    }

    @Override
    public void slowConsumerDetected(Connection from, Consumer consumer) {
      LOG.log(Level.WARNING, "Events come faster from NATS than they are taken: {0} wait", consumer.getPendingMessageCount());
    }
  }

  private void heard(Connection from, ConnectionListener.Events event) {
    connection = from;
    switch (event) {
      case CONNECTED, RECONNECTED -> connected(from);
      case DISCONNECTED -> missed();
      case CLOSED -> refused();
      default -> LOG.log(Level.DEBUG, "NATS: {0}", event);
    }
  }

  /** Said once, not at each of the tries to reach it again. */
  private void missed() {
    if (!away) {
      away = true;
      LOG.log(Level.WARNING, "NATS is away; work goes on from the ledger alone");
    }
  }

  /** The client gives up for good when it is refused twice. A password is mended without a restart of ours. */
  private void refused() {
    missed();
    if (!closing) {
      Thread.ofVirtual().start(this::connectLater);
    }
  }

  private void connectLater() {
    try {
      Thread.sleep(AFTER_A_REFUSAL);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    if (!closing) {
      connect();
    }
  }

  private void connected(Connection from) {
    away = false;
    LOG.log(Level.INFO, "Connected to NATS {0}", from.getServerInfo().getVersion());
    for (Runnable action : whenConnected) {
      Thread.ofVirtual().start(action);
    }
  }

  /** The connection, when it is up at this moment. */
  public Optional<Connection> connection() {
    return Optional.ofNullable(connection).filter(c -> c.getStatus() == Connection.Status.CONNECTED);
  }

  /** Runs the action each time the broker is reached, on a thread of its own; at once when it is reached already. */
  public void whenConnected(Runnable action) {
    whenConnected.add(action);
    connection().ifPresent(c -> Thread.ofVirtual().start(action));
  }

  @PreDestroy
  void close() {
    closing = true;
    if (connection != null) {
      closed(connection);
    }
  }

  private static void closed(Connection connection) {
    try {
      connection.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
