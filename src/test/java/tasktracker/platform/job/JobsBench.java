package tasktracker.platform.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.nats.client.Connection;
import io.nats.client.FetchConsumeOptions;
import io.nats.client.FetchConsumer;
import io.nats.client.Message;
import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.PublishAck;
import io.nats.client.api.RetentionPolicy;
import io.nats.client.api.StreamConfiguration;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tasktracker.harness.Await;
import tasktracker.harness.BenchmarkResult;
import tasktracker.platform.data.Database;
import tasktracker.platform.data.NatsConnection;
import tasktracker.platform.data.TestDatabase;
import tasktracker.platform.data.TestNats;
import tasktracker.platform.job.run.TestNode;

/**
 * Throughput of the whole engine, with one idempotent write a job, against a bare loop of JetStream fetch, the same write and
 * acknowledgement, alternating, with the same number of threads on the same services. Also the latency between the commit
 * and the start of a job.
 */
class JobsBench {

  private static final int JOBS = 10_000;
  private static final int PAIRS = 5;
  private static final int THREADS = 4;
  private static final String WRITE = "insert into bench_effect (number) values (?) on conflict do nothing";
  private static TestDatabase schema;
  private static Database database;
  private static NatsConnection nats;

  @BeforeAll
  static void prepare() {
    schema = TestDatabase.create();
    database = schema.database();
    database.run(sql -> sql.execute("create table bench_effect (number bigint primary key)"));
    nats = TestNats.connect();
    Await.until("NATS", Duration.ofSeconds(10), () -> nats.connection().isPresent());
  }

  @AfterAll
  static void drop() throws InterruptedException {
    TestNats.close(nats);
    schema.close();
  }

  @Test
  void throughputAgainstABareLoop() throws Exception {
    engine();
    bare();
    double[] ratios = new double[PAIRS];
    for (int pair = 0; pair < PAIRS; pair++) {
      double engine = engine();
      double bare = bare();
      ratios[pair] = engine / bare;
      say("pair %d: engine %.0f jobs/s, bare loop %.0f jobs/s, ratio %.2f", pair + 1, engine, bare, ratios[pair]);
    }
    BenchmarkResult.ratio("jobs a second / bare JetStream loop", ratios).atLeast(.5);
  }

  private static double engine() {
    database.run(sql -> sql.execute("truncate bench_effect, job, node cascade"));
    var handler = new TestJobHandler((job, run) -> database.run(sql -> sql.execute(WRITE, job.number())), 5, THREADS,
        Duration.ofMinutes(1));
    try (var node = new TestNode("bench", database, nats, List.of(handler))) {
      for (long i = 0; i < JOBS; i++) {
        node.jobs.enqueue(new TestJob(i));
      }
      long begin = System.nanoTime();
      node.start();
      Await.until("all jobs", Duration.ofMinutes(2), () -> count("bench_effect") == JOBS && completed() == JOBS);
      return JOBS / seconds(begin);
    }
  }

  private static double bare() throws Exception {
    database.run(sql -> sql.execute("truncate bench_effect"));
    Connection connection = nats.connection().orElseThrow();
    var streams = connection.jetStreamManagement();
    streams.addStream(StreamConfiguration.builder().name("BENCH").subjects("bench.>").retentionPolicy(RetentionPolicy.WorkQueue).build());
    try (var threads = Executors.newFixedThreadPool(THREADS)) {
      streams.addOrUpdateConsumer("BENCH",
          ConsumerConfiguration.builder().durable("bare").ackPolicy(AckPolicy.Explicit).maxAckPending(10_000).build());
      List<CompletableFuture<PublishAck>> published = new ArrayList<>();
      for (int i = 0; i < JOBS; i++) {
        published.add(connection.jetStream().publishAsync("bench.x", String.valueOf(i).getBytes(StandardCharsets.US_ASCII)));
      }
      CompletableFuture.allOf(published.toArray(CompletableFuture[]::new)).get(1, TimeUnit.MINUTES);
      long begin = System.nanoTime();
      List<Future<?>> loops = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        loops.add(threads.submit(() -> loop(connection)));
      }
      for (Future<?> loop : loops) {
        loop.get();
      }
      double rate = JOBS / seconds(begin);
      assertThat(count("bench_effect")).isEqualTo(JOBS);
      return rate;
    } finally {
      streams.deleteStream("BENCH");
    }
  }

  private static Void loop(Connection connection) throws Exception {
    var consumer = connection.getStreamContext("BENCH").getConsumerContext("bare");
    for (int taken = 1; taken > 0;) {
      taken = 0;
      try (FetchConsumer fetch = consumer.fetch(FetchConsumeOptions.builder().maxMessages(100).noWait().build())) {
        for (Message m = fetch.nextMessage(); m != null; m = fetch.nextMessage(), taken++) {
          long number = Long.parseLong(new String(m.getData(), StandardCharsets.US_ASCII));
          database.run(sql -> sql.execute(WRITE, number));
          m.ack();
        }
      }
    }
    return null;
  }

  @Test
  void latencyFromCommitToStart() throws Exception {
    var entered = new SynchronousQueue<Long>();
    try (var node = new TestNode("bench", database, nats, List.of(new TestJobHandler((job, run) -> entered.put(System.nanoTime()))))
        .start()) {
      double[] ms = new double[300];
      for (int i = -100; i < ms.length; i++) {
        node.jobs.enqueue(new TestJob(i));
        long committed = System.nanoTime();
        double took = (entered.take() - committed) / 1e6;
        if (i >= 0) {
          ms[i] = took;
        }
      }
      Arrays.sort(ms);
      say("start: p50 %.2f ms, p95 %.2f ms, p99 %.2f ms after commit", ms[150], ms[285], ms[297]);
      new BenchmarkResult("a job begins after its commit (median; least to p95)", Arrays.copyOfRange(ms, 0, 286), " ms").atMost(5);
    }
  }

  private static long count(String table) {
    return database.ask(sql -> sql.createQuery("select count(*) from " + table).mapTo(Long.class).one());
  }

  private static long completed() {
    return database.ask(sql -> sql.createQuery("select count(*) from job where state = 'completed' and kind = 'test_job'")
        .mapTo(Long.class).one());
  }

  private static double seconds(long begin) {
    return (System.nanoTime() - begin) / 1e9;
  }

  private static void say(String words, Object... values) {
    System.out.println(String.format(java.util.Locale.ROOT, words, values));
  }
}
