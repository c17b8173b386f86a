package tasktracker.platform.data;

import io.nats.client.Connection;
import io.nats.client.ConnectionListener;
import io.nats.client.Consumer;
import io.nats.client.ErrorListener;
import io.nats.client.Nats;
import io.nats.client.Options;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * The connection of this node to NATS. It connects in the background and reconnects indefinitely: the product works without
 * the broker, more slowly, and no method of this class waits for it. Thread-safe.
 */
@ApplicationScoped
public class NatsConnection {

  private static final System.Logger LOG = System.getLogger(NatsConnection.class.getName());
  private static final Duration RECONNECT_DELAY = Duration.ofSeconds(5);
  private final List<Runnable> whenConnected = new CopyOnWriteArrayList<>();
  private volatile @Nullable Connection connection;
  private volatile boolean isUnavailable;
  private volatile boolean isClosing;
  private final BrokerAddress address;
  private final ThreadFactory threads;
  // Not the executors of the server: the NATS client asks whether they are shut down, which those refuse to answer, and its
  // loops would occupy threads of requests for as long as the server runs.
  private final ExecutorService pool;
  private final ScheduledThreadPoolExecutor timer;

  @Inject
  public NatsConnection(@ConfigProperty(name = "NATS_URL", defaultValue = "nats://localhost:4222") String servers,
      ThreadFactory threads) {
    this.address = BrokerAddress.of(servers);
    this.threads = threads;
    this.pool = Executors.newCachedThreadPool(threads);
    this.timer = new ScheduledThreadPoolExecutor(1, threads);
    timer.setRemoveOnCancelPolicy(true);
  }

  void start(@Observes @Priority(Interceptor.Priority.LIBRARY_BEFORE) Startup event) {
    pool.execute(this::connect);
  }

  private void connect() {
    try {
      Nats.connectReconnectOnConnect(options());
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "NATS: {0}", e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Options options() {
    var options = new Options.Builder().servers(address.servers().toArray(String[]::new)).connectionName("task-tracker")
        .maxReconnects(-1).reconnectWait(Duration.ofMillis(500)).connectionTimeout(Duration.ofSeconds(3))
        .pingInterval(Duration.ofSeconds(10)).maxPingsOut(3)
        .connectionListener(this::onEvent).errorListener(new Errors())
        .executor(pool).scheduledExecutor(timer).connectThreadFactory(threads).callbackThreadFactory(threads)
        .readerThreadFactory(threads).writerThreadFactory(threads);
    return authenticate(options).build();
  }

  private Options.Builder authenticate(Options.Builder options) {
    if (address.secret() == null) {
      return options;
    }
    return address.user() == null ? options.token(address.secret().toCharArray()) : options.userInfo(address.user(), address.secret());
  }

  /** Logs connection errors. An unavailable or refusing broker is logged once as a warning, further attempts at debug level. */
  private final class Errors implements ErrorListener {
    @Override
    public void exceptionOccurred(Connection from, Exception cause) {
      LOG.log(Level.DEBUG, "NATS: {0}", cause.toString());
    }

    @Override
    public void errorOccurred(Connection from, String error) {
      LOG.log(isUnavailable ? Level.DEBUG : Level.WARNING, "NATS answered with an error: {0}", error);
    }

    @Override
    public void slowConsumerDetected(Connection from, Consumer consumer) {
      LOG.log(Level.WARNING, "Events arrive from NATS faster than they are processed: {0} pending", consumer.getPendingMessageCount());
    }
  }

  private void onEvent(Connection from, ConnectionListener.Events event) {
    connection = from;
    switch (event) {
      case CONNECTED, RECONNECTED -> onConnected(from);
      case DISCONNECTED -> onDisconnected();
      case CLOSED -> onClosed();
      default -> LOG.log(Level.DEBUG, "NATS: {0}", event);
    }
  }

  /** Logs the first failure only, not each attempt to reconnect. */
  private void onDisconnected() {
    if (!isUnavailable) {
      isUnavailable = true;
      LOG.log(Level.WARNING, "NATS is unavailable; workers poll the job table");
    }
  }

  /** The NATS client gives up after two refusals; connecting again makes a corrected password take effect without a restart. */
  private void onClosed() {
    onDisconnected();
    if (!isClosing) {
      timer.schedule(() -> pool.execute(this::connect), RECONNECT_DELAY.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private void onConnected(Connection from) {
    isUnavailable = false;
    LOG.log(Level.INFO, "Connected to NATS {0}", from.getServerInfo().getVersion());
    whenConnected.forEach(pool::execute);
  }

  /** The connection, if it is up. */
  public Optional<Connection> connection() {
    return Optional.ofNullable(connection).filter(c -> c.getStatus() == Connection.Status.CONNECTED);
  }

  /** Runs the action on a thread of its own each time the connection comes up, and immediately when it is up. */
  public void whenConnected(Runnable action) {
    whenConnected.add(action);
    connection().ifPresent(c -> pool.execute(action));
  }

  @PreDestroy
  void close() {
    isClosing = true;
    if (connection != null) {
      closeQuietly(connection);
    }
    timer.shutdownNow();
    pool.shutdownNow();
  }

  private static void closeQuietly(Connection connection) {
    try {
      connection.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
