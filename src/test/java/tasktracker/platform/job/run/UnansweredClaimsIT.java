package tasktracker.platform.job.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tasktracker.harness.Await;
import tasktracker.harness.Services;
import tasktracker.platform.data.Database;
import tasktracker.platform.data.NatsConnection;
import tasktracker.platform.data.TestDatabase;
import tasktracker.platform.data.TestNats;
import tasktracker.platform.job.TestJob;
import tasktracker.platform.job.TestJobHandler;

/** The database commits a claim, but its answer is lost: no worker runs the job, and none was lost. */
class UnansweredClaimsIT {

  /** Less than the duration of a lease. */
  private static final Duration TIMEOUT = Duration.ofSeconds(25);
  private static TestDatabase schema;
  private static Database database;
  private static Services services;
  private static NatsConnection nats;

  private final AtomicInteger answersToLose = new AtomicInteger();
  private volatile boolean failsToFinish;

  @BeforeAll
  static void migrate() {
    schema = TestDatabase.create();
    database = schema.database();
    services = Services.throwaway("claims");
    nats = TestNats.connect(services.environment().get("NATS_URL"));
  }

  @AfterAll
  static void drop() throws InterruptedException {
    TestNats.close(nats);
    services.close();
    schema.close();
  }

  @BeforeEach
  void empty() {
    database.run(sql -> sql.execute("truncate job, node, schedule cascade"));
  }

  @Test
  void aJobWithALostClaimAnswerIsReturnedWithoutALostWorker() {
    AtomicInteger done = new AtomicInteger();
    answersToLose.set(1);
    try (var node = node("kyiv", new TestJobHandler((job, run) -> done.incrementAndGet())).start()) {
      UUID job = node.jobs.enqueue(new TestJob(1));
      Await.until("it is done", TIMEOUT, () -> state(job).equals("completed"));
      assertThat(answersToLose).as("answers that were not lost").hasValue(0);
      assertThat(done).hasValue(1);
      assertThat(text("select lost || ' ' || attempt || ' ' || max_attempts from job where id = ?", job)).isEqualTo("0 2 6");
      assertThat(text("select outcome || ': ' || error from job_attempt where job_id = ?", job))
          .isEqualTo("returned: The database did not answer the claim");
    }
  }

  /** If it were returned to the queue, it would run again and again. */
  @Test
  void aJobWithAnUnwrittenOutcomeCountsAsALostWorker() {
    AtomicInteger done = new AtomicInteger();
    failsToFinish = true;
    try (var node = node("kyiv", new TestJobHandler((job, run) -> done.incrementAndGet())).start()) {
      UUID job = node.jobs.enqueue(new TestJob(1));
      Await.until("its outcome is abandoned", TIMEOUT, () -> done.get() == 1 && node.activeRuns.isEmpty());
      awaitHeartbeats(4);
      assertThat(state(job)).isEqualTo("running");
      assertThat(done).hasValue(1);
      failsToFinish = false;
      database.run(sql -> sql.execute("update job set lease_until = now() - interval '1 s' where state = 'running'"));
      Await.until("it is done", TIMEOUT, () -> state(job).equals("completed"));
      assertThat(text("select outcome from job_attempt where job_id = ?", job)).isEqualTo("lost");
    }
  }

  @Test
  void aNodeOfTheSameNameReturnsNoJobOfAnotherNode() {
    CountDownLatch end = new CountDownLatch(1);
    AtomicInteger done = new AtomicInteger();
    TestJobHandler slow = new TestJobHandler((job, run) -> {
      end.await();
      done.incrementAndGet();
    });
    try (var first = node("kyiv", slow).start()) {
      UUID job = first.jobs.enqueue(new TestJob(1));
      Await.until("it runs", TIMEOUT, () -> state(job).equals("running"));
      try (var second = node("kyiv", slow).start()) {
        awaitHeartbeats(8); // of both
        assertThat(state(job)).isEqualTo("running");
        assertThat(text("select attempt || '' from job where id = ?", job)).isEqualTo("1");
        end.countDown();
        Await.until("it is done", TIMEOUT, () -> state(job).equals("completed"));
      }
    }
    assertThat(done).hasValue(1);
  }

  @Test
  void aClaimInFlightIsOpenBeforeTheTimesAfterItsBegin() {
    ClaimsInFlight claims = new ClaimsInFlight();
    long before = claims.now();
    long claim = claims.begin();
    long after = claims.now();
    assertThat(claims.hasOpenBefore(before)).isFalse();
    assertThat(claims.hasOpenBefore(after)).isTrue();
    claims.end(claim);
    assertThat(claims.hasOpenBefore(after)).isFalse();
  }

  private TestNode node(String name, TestJobHandler handler) {
    return new TestNode(name, new Database(unreliable(schema.dataSource())), nats, List.of(handler));
  }

  /** Waits until the node has sent that many heartbeats. */
  private static void awaitHeartbeats(int heartbeats) {
    Set<String> seen = new HashSet<>();
    Await.until(heartbeats + " heartbeats", TIMEOUT, () -> {
      seen.add(database.ask(sql -> sql.createQuery("select seen_at::text from node").mapTo(String.class).one()));
      return seen.size() > heartbeats;
    });
  }

  /** Connections that lose the answers to claims, and refuse to write outcomes. */
  private DataSource unreliable(DataSource source) {
    return proxy(DataSource.class, (method, arguments) -> {
      Object answer = invoke(source, method, arguments);
      return answer instanceof Connection connection ? unreliable(connection) : answer;
    });
  }

  private Connection unreliable(Connection connection) {
    return proxy(Connection.class, (method, arguments) -> {
      Object answer = invoke(connection, method, arguments);
      return answer instanceof PreparedStatement statement ? unreliable(statement, String.valueOf(arguments[0])) : answer;
    });
  }

  private PreparedStatement unreliable(PreparedStatement statement, String sql) {
    return proxy(PreparedStatement.class, (method, arguments) -> {
      boolean runs = method.getName().startsWith("execute");
      if (runs && failsToFinish && (sql.contains("set state = 'completed'") || sql.contains("with finished"))) {
        throw new SQLException("The outcome is refused", "22000");
      }
      Object answer = invoke(statement, method, arguments);
      if (runs && sql.contains("set state = 'running'") && hasRows(statement) && answersToLose.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
        throw new SQLRecoverableException("The connection broke before the answer");
      }
      return answer;
    });
  }

  private static boolean hasRows(PreparedStatement statement) throws SQLException {
    return statement.getResultSet() != null && statement.getResultSet().isBeforeFirst();
  }

  private interface Call {
    Object answer(Method method, Object[] arguments) throws Throwable;
  }

  private static <T> T proxy(Class<T> type, Call call) {
    return type.cast(Proxy.newProxyInstance(UnansweredClaimsIT.class.getClassLoader(), new Class<?>[]{type},
        (self, method, arguments) -> call.answer(method, arguments)));
  }

  private static Object invoke(Object target, Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private static String state(UUID job) {
    return text("select state from job where id = ?", job);
  }

  private static String text(String sql, UUID job) {
    return database.ask(h -> h.createQuery(sql).bind(0, job).mapTo(String.class).one());
  }
}
