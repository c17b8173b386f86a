package tasktracker.platform.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.nats.client.JetStreamApiException;
import java.io.IOException;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tasktracker.harness.Services;
import tasktracker.harness.Await;
import tasktracker.platform.data.Database;
import tasktracker.platform.data.NatsConnection;
import tasktracker.platform.data.TestConnectionPool;
import tasktracker.platform.data.TestNats;

/** The broker and the database go away and come back; work goes on or waits, and each errand is done once. */
class JobOutageIT {

  private static Services services;
  private static HikariDataSource pool;
  private static Database database;
  /** Asked from beside: the node's own connections may still be on their way back. */
  private static Jdbi beside;
  private static String natsUrl;

  @BeforeAll
  static void start() {
    services = Services.durable("job-outages");
    Map<String, String> env = services.environment();
    Flyway.configure().dataSource(env.get("DATABASE_URL"), env.get("DATABASE_USER"), env.get("DATABASE_PASSWORD"))
        .locations("classpath:db/migration").load().migrate();
    pool = TestConnectionPool.pool(env);
    database = new Database(pool);
    beside = services.database();
    natsUrl = env.get("NATS_URL");
  }

  @AfterAll
  static void stop() {
    pool.close();
    services.close();
  }

  @BeforeEach
  void empty() {
    services.start("postgres");
    services.start("nats");
    database.run(sql -> sql.execute("truncate job, node, schedule cascade"));
  }

  /** Counts how often each errand was done, each taking some milliseconds. */
  private static final class Shop {
    private final Map<Long, AtomicInteger> done = new ConcurrentHashMap<>();
    private final TestJobHandler doing = new TestJobHandler((errand, run) -> {
      TimeUnit.MILLISECONDS.sleep(40);
      done.computeIfAbsent(errand.number(), n -> new AtomicInteger()).incrementAndGet();
    });
  }

  @Test
  void workIsDoneWithoutTheBrokerAndTheBrokerIsFoundWhenItComes() throws Exception {
    services.stop("nats");
    NatsConnection nats = TestNats.connect(natsUrl);
    Shop shop = new Shop();
    try (var node = new TestNode("kyiv", database, nats, List.of(shop.doing)).start()) {
      enqueue(node, 0, 100);
      awaitCompleted(100, Duration.ofSeconds(20));
      services.wipe("nats");
      services.start("nats");
      Await.until("the stream to be there", Duration.ofSeconds(10), () -> streamIsThere(nats));
      enqueue(node, 100, 200);
      awaitCompleted(200, Duration.ofSeconds(20));
    } finally {
      TestNats.close(nats);
    }
    assertThat(shop.done).hasSize(200).allSatisfy((number, times) -> assertThat(times).hasValue(1));
  }

  @Test
  void theBrokersDataIsDeletedInTheMiddleOfWorkAndNothingIsLostOrDoneTwice() throws Exception {
    NatsConnection nats = TestNats.connect(natsUrl);
    Shop shop = new Shop();
    try (var node = new TestNode("kyiv", database, nats, List.of(shop.doing)).start()) {
      Await.until("the stream to be there", Duration.ofSeconds(10), () -> streamIsThere(nats));
      enqueue(node, 0, 400);
      services.cut("nats");
      services.wipe("nats");
      enqueue(node, 400, 500);
      services.start("nats");
      Await.until("the stream to be there again", Duration.ofSeconds(10), () -> streamIsThere(nats));
      enqueue(node, 500, 600);
      awaitCompleted(600, Duration.ofSeconds(30));
    } finally {
      TestNats.close(nats);
    }
    assertThat(shop.done).hasSize(600).allSatisfy((number, times) -> assertThat(times).hasValue(1));
  }

  @Test
  void theDatabaseIsRestartedAndWorkGoesOnWithinFiveSecondsWithNoAttemptLost() throws Exception {
    NatsConnection nats = TestNats.connect(natsUrl);
    Shop shop = new Shop();
    try (var node = new TestNode("kyiv", database, nats, List.of(shop.doing)).start()) {
      enqueueAtOnce(1000);
      Await.until("work to be on its way", Duration.ofSeconds(10), () -> shop.done.size() > 50);
      services.cut("postgres");
      services.start("postgres");
      int before = completed();
      Await.until("work to go on", Duration.ofSeconds(5), () -> completed() > before + 20);
      awaitCompleted(1000, Duration.ofSeconds(40));
      assertThat(node.list.count(new JobFilter("dead", null, null))).isZero();
    } finally {
      TestNats.close(nats);
    }
    assertThat(shop.done).hasSize(1000).allSatisfy((number, times) -> assertThat(times).hasValue(1));
  }

  private static void enqueue(TestNode node, int from, int until) {
    for (int i = from; i < until; i++) {
      node.jobs.enqueue(new TestJob(i));
    }
  }

  private static void enqueueAtOnce(int jobs) {
    database.run(sql -> sql.execute("""
        insert into job (id, kind, queue, payload, max_attempts)
        select gen_random_uuid(), 'test_errand', 'default', json_build_object('number', n), 5
          from generate_series(1, ?) as n""", jobs));
  }

  private static void awaitCompleted(int jobs, Duration atMost) {
    Await.until(jobs + " to be completed", atMost, () -> completed() == jobs);
  }

  private static int completed() {
    return beside.withHandle(h -> h.createQuery("select count(*) from job where state = 'completed' and kind = 'test_errand'")
        .mapTo(Integer.class).one());
  }

  private static boolean streamIsThere(NatsConnection nats) {
    return nats.connection().map(connection -> {
      try {
        return connection.jetStreamManagement().getStreamInfo(JobNotifier.STREAM).getStreamState().getConsumerCount() == 3;
      } catch (IOException | JetStreamApiException e) {
        return false;
      }
    }).orElse(false);
  }
}
