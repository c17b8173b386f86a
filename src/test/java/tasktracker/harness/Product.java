package tasktracker.harness;

import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;
import tasktracker.platform.data.TestConnectionPool;

/**
 * The whole product, running: services, server and ways to talk to it.
 *
 * <p>Tests of the API and the pages share one (see {@link ProductTest}); tests that break things make their own:
 *
 * <pre>{@code
 * try (var product = Product.durable("kill").start()) {
 *   product.api().post("/api/v1/messages", ...);
 *   product.kill();
 *   product.start();
 * }
 * }</pre>
 */
public final class Product implements AutoCloseable {
  public static final String ADMIN = "admin";
  public static final String ADMIN_PASSWORD = "olena-likes-clean-feeds";
  public static final String SECRET_KEYS = "test:000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";
  public static final String ADMIN_TOKEN = "token-of-the-test-administrator-0123456789";
  public static final String WEBHOOK_SECRET = "secret-between-telegram-and-the-test";
  private static final Duration START = Duration.ofSeconds(240);

  private final Services services;
  private final boolean ownsServices;
  private final Server server;
  private final int port = ProjectPaths.freePort();
  private final HikariDataSource connections;
  private final Jdbi database;

  private Product(String name, Services services, Map<String, String> settings, boolean ownsServices) {
    this.services = services;
    this.ownsServices = ownsServices;
    var env = new HashMap<>(services.environment());
    this.connections = TestConnectionPool.patient(env);
    this.database = Jdbi.create(connections);
    env.putAll(Map.of("HTTP_PORT", String.valueOf(port), "HTTP_HOST", "127.0.0.1", "ADMIN_PASSWORD", ADMIN_PASSWORD,
        "ADMIN_TOKEN", ADMIN_TOKEN, "TELEGRAM_WEBHOOK_SECRET", WEBHOOK_SECRET, "SECRET_KEYS", SECRET_KEYS,
        "BACKUP_DIR", ProjectPaths.target("services").toString()));
    env.putAll(settings);
    this.server = new Server(name, env);
  }

  /** A product with durable services; not started yet. */
  public static Product durable(String name) {
    return durable(name, Map.of());
  }

  /** A product with durable services and settings of the server; not started yet. */
  public static Product durable(String name, Map<String, String> settings) {
    return new Product(name, Services.durable(name), settings, true);
  }

  /** A product with services without fsync, and settings of the server; an empty setting is removed. Not started yet. */
  public static Product quick(String name, Map<String, String> settings) {
    return new Product(name, Services.throwaway(name), settings, true);
  }

  /** A second server of the same installation; it must be closed before the first one. */
  public Product beside(String name, Map<String, String> settings) {
    return new Product(name, services, settings, false);
  }

  /** Starts the server and waits until it is ready. */
  public Product start() {
    server.start();
    awaitReady(START);
    return this;
  }

  /** Starts the server without waiting, because its database may be unavailable. */
  public void startWithoutWaiting() {
    server.start();
  }

  public void awaitReady(Duration atMost) {
    server.awaitReady(atMost, this::isReady);
  }

  public boolean isReady() {
    return anonymous().answers("/health/ready");
  }

  /** Kills the server with SIGKILL. */
  public void kill() {
    server.kill();
  }

  /** Stops the server as an administrator would. */
  public void stop() {
    server.stop();
  }

  public Services services() {
    return services;
  }

  /** Direct access to the database by pooled connections; {@link Services#database} opens new ones. */
  public Jdbi database() {
    return database;
  }

  /** Closes the test's connections until the next query, because a restore refuses to run while sessions are open. */
  public void closeDatabaseConnections() {
    var pool = connections.getHikariPoolMXBean();
    pool.softEvictConnections();
    Await.until("the test's own connections are closed", Duration.ofSeconds(10), () -> pool.getTotalConnections() == 0);
  }

  public String url() {
    return "http://127.0.0.1:" + port;
  }

  /** A client with the administrator's token. */
  public Api api() {
    return new Api(url(), Map.of("Authorization", "Bearer " + ADMIN_TOKEN));
  }

  /** A client without credentials. */
  public Api anonymous() {
    return new Api(url(), Map.of());
  }

  /** A client with Telegram's webhook secret. */
  public Api telegram() {
    return new Api(url(), Map.of("X-Telegram-Bot-Api-Secret-Token", WEBHOOK_SECRET));
  }

  /** A socket with the administrator's token. */
  public TestSocket socket(String path) {
    return TestSocket.open(url().replace("http", "ws") + path, Map.of("Authorization", "Bearer " + ADMIN_TOKEN));
  }

  /** Returns whether the server has logged this text since its last start. */
  public boolean hasSaid(String words) {
    return server.hasSaid(words);
  }

  /** Used heap of the server in bytes after a full garbage collection. */
  public long heapInUse() {
    return server.heapInUse();
  }

  /** Returns whether the server's process is running. */
  public boolean isAlive() {
    return server.isAlive();
  }

  public long residentMegabytes() {
    return server.residentMegabytes();
  }

  /** Runs a query that returns one number. */
  public long count(String sql, Object... arguments) {
    return database.withHandle(handle -> handle.select(sql, arguments).mapTo(Long.class).one());
  }

  /** Kills a server whose services end too (call {@link #stop} for a shutdown); stops a second node, which returns its jobs. */
  @Override
  public void close() {
    if (server.isAlive() && ownsServices) {
      server.kill();
    } else if (server.isAlive()) {
      server.stop();
    }
    connections.close();
    if (ownsServices) {
      services.close();
    }
  }
}
