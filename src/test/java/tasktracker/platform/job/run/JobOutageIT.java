package tasktracker.platform.job.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.nats.client.JetStreamApiException;
import java.io.IOException;
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
import tasktracker.harness.Await;
import tasktracker.harness.Services;
import tasktracker.platform.data.Database;
import tasktracker.platform.data.NatsConnection;
import tasktracker.platform.data.TestConnectionPool;
import tasktracker.platform.data.TestNats;
import tasktracker.platform.job.JobState;
import tasktracker.platform.job.TestJob;
import tasktracker.platform.job.TestJobHandler;
import tasktracker.platform.job.admin.JobFilter;

/** Jobs continue or wait while the broker or the database is unavailable, and each runs once. */
class JobOutageIT {

  private static Services services;
  private static HikariDataSource pool;
  private static Database database;
  /** A separate connection, because those of the node may still be reconnecting. */
  private static Jdbi observer;
  private static String natsUrl;

  @BeforeAll
  static void start() {
    services = Services.durable("job-outages");
    Map<String, String> env = services.environment();
    Flyway.configure().dataSource(env.get("DATABASE_URL"), env.get("DATABASE_USER"), env.get("DATABASE_PASSWORD"))
        .locations("classpath:db/migration").load().migrate();
    pool = TestConnectionPool.pool(env);
    database = new Database(pool);
    observer = services.database();
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

  /** Counts how often each job ran; each takes some milliseconds. */
  private static final class Counter {
    private final Map<Long, AtomicInteger> done = new ConcurrentHashMap<>();
    private final TestJobHandler handler = new TestJobHandler((job, run) -> {
      TimeUnit.MILLISECONDS.sleep(40);
      done.computeIfAbsent(job.number(), n -> new AtomicInteger()).incrementAndGet();
    });
  }

  @Test
  void jobsRunWithoutTheBrokerAndItsStreamIsCreatedLater() throws Exception {
    services.stop("nats");
    NatsConnection nats = TestNats.connect(natsUrl);
    Counter counter = new Counter();
    try (var node = new TestNode("kyiv", database, nats, List.of(counter.handler)).start()) {
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
    assertThat(counter.done).hasSize(200).allSatisfy((number, times) -> assertThat(times).hasValue(1));
  }

  @Test
  void jobsRunOnceWhenTheDataOfTheBrokerIsDeleted() throws Exception {
    NatsConnection nats = TestNats.connect(natsUrl);
    Counter counter = new Counter();
    try (var node = new TestNode("kyiv", database, nats, List.of(counter.handler)).start()) {
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
    assertThat(counter.done).hasSize(600).allSatisfy((number, times) -> assertThat(times).hasValue(1));
  }

  @Test
  void jobsContinueWithAllAttemptsWhenTheDatabaseRestarts() throws Exception {
    NatsConnection nats = TestNats.connect(natsUrl);
    Counter counter = new Counter();
    try (var node = new TestNode("kyiv", database, nats, List.of(counter.handler)).start()) {
      enqueueAtOnce(1000);
      Await.until("the first jobs", Duration.ofSeconds(10), () -> counter.done.size() > 50);
      services.cut("postgres");
      services.start("postgres");
      int before = completed();
      Await.until("further jobs", Duration.ofSeconds(30), () -> completed() > before + 20);
      awaitCompleted(1000, Duration.ofSeconds(40));
      assertThat(node.list.count(new JobFilter(JobState.DEAD, null, null))).isZero();
    } finally {
      TestNats.close(nats);
    }
    assertThat(counter.done).hasSize(1000).allSatisfy((number, times) -> assertThat(times).hasValue(1));
  }

  private static void enqueue(TestNode node, int from, int until) {
    for (int i = from; i < until; i++) {
      node.jobs.enqueue(new TestJob(i));
    }
  }

  private static void enqueueAtOnce(int jobs) {
    database.run(sql -> sql.execute("""
        insert into job (id, kind, queue, payload, max_attempts)
        select gen_random_uuid(), 'test_job', 'default', json_build_object('number', n), 5
          from generate_series(1, ?) as n""", jobs));
  }

  private static void awaitCompleted(int jobs, Duration atMost) {
    Await.until(jobs + " to be completed", atMost, () -> completed() == jobs);
  }

  private static int completed() {
    return observer.withHandle(h -> h.createQuery("select count(*) from job where state = 'completed' and kind = 'test_job'")
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
