package tasktracker.source.telegram.update;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tasktracker.harness.BenchmarkResult;
import tasktracker.harness.Product;

/**
 * Updates by sixteen connections, all for one chat, against the same for two hundred chats: in turns, on a database
 * that keeps what it answers. Workers are off, so that only taking in is measured.
 */
class WebhookBench {

  private static final int CONNECTIONS = 16;
  private static final int UPDATES = 1_000;
  private static final int CHATS = 200;
  private static final int PEOPLE = 20;
  private static final int PAIRS = 5;
  private static final int OTHERS = 60;
  private static final LongUnaryOperator ONE = id -> 0;
  private static final LongUnaryOperator MANY = id -> id % CHATS;
  private static final AtomicLong NEXT = new AtomicLong();
  private static Product product;

  @BeforeAll
  static void start() throws Exception {
    product = Product.durable("webhook-bench", Map.of("NODE_ROLES", "web", "RATE_WEBHOOK", "0")).start();
    for (int i = 0; i < 3; i++) {
      send(MANY);
      send(ONE);
    }
  }

  @AfterAll
  static void stop() {
    product.close();
  }

  @Test
  void oneChatAgainstManyChats() throws Exception {
    double[] ratios = new double[PAIRS];
    double[] locked = new double[PAIRS];
    for (int pair = 0; pair < PAIRS; pair++) {
      double many = send(MANY);
      Waits waits = new Waits();
      double one = send(ONE);
      locked[pair] = waits.end();
      ratios[pair] = one / many;
      say("pair %d: one chat %.0f updates/s, %d chats %.0f updates/s, ratio %.2f; busy sessions of the one chat: %s", pair + 1, one,
          CHATS, many, ratios[pair], waits.seen);
    }
    BenchmarkResult.ratio("updates a second by 16 connections, one chat / 200 chats", ratios).atLeast(.8);
    BenchmarkResult.ratio("busy sessions that wait for a lock while one chat is flooded", locked).atMost(.05);
  }

  @Test
  void anotherChatWhileOneIsFlooded() throws Exception {
    double[] toQuiet = new double[PAIRS];
    double[] toMany = new double[PAIRS];
    for (int pair = 0; pair < PAIRS; pair++) {
      double quiet = median(others());
      double many = median(othersWhile(MANY));
      double one = median(othersWhile(ONE));
      toQuiet[pair] = one / quiet;
      toMany[pair] = one / many;
      say("pair %d: an update of another chat takes %.1f ms while one chat is flooded, %.1f ms while %d are, %.1f ms when it is quiet",
          pair + 1, one, many, CHATS, quiet);
    }
    BenchmarkResult.ratio("an update of another chat, one chat flooded / the same load over 200 chats", toMany).atMost(1);
    BenchmarkResult.ratio("an update of another chat, one chat flooded / none flooded", toQuiet).atMost(4);
  }

  /** Updates a second. */
  private static double send(LongUnaryOperator chat) throws Exception {
    long begin = System.nanoTime();
    try (var threads = Executors.newFixedThreadPool(CONNECTIONS)) {
      flood(threads, chat, new AtomicLong(UPDATES));
    }
    return UPDATES / ((System.nanoTime() - begin) / 1e9);
  }

  private static void flood(ExecutorService threads, LongUnaryOperator chat, AtomicLong left) throws Exception {
    Callable<Void> connection = () -> {
      while (left.getAndDecrement() > 0) {
        deliver(chat);
      }
      return null;
    };
    for (Future<Void> each : threads.invokeAll(Collections.nCopies(CONNECTIONS, connection))) {
      each.get();
    }
  }

  private static double[] othersWhile(LongUnaryOperator chat) throws Exception {
    AtomicLong left = new AtomicLong(Long.MAX_VALUE);
    try (var threads = Executors.newFixedThreadPool(CONNECTIONS); var starter = Executors.newSingleThreadExecutor()) {
      Future<?> flood = starter.submit(() -> {
        flood(threads, chat, left);
        return null;
      });
      double[] ms = others();
      left.set(0);
      flood.get();
      return ms;
    }
  }

  private static double[] others() {
    double[] ms = new double[OTHERS];
    for (int i = 0; i < OTHERS; i++) {
      long begin = System.nanoTime();
      deliver(id -> CHATS + 1);
      ms[i] = (System.nanoTime() - begin) / 1e6;
    }
    return ms;
  }

  private static void deliver(LongUnaryOperator chat) {
    long id = NEXT.incrementAndGet();
    product.telegram().post("/webhook/telegram", update(id, 1_000_000 + chat.applyAsLong(id))).expect(200);
  }

  private static String update(long id, long chat) {
    return """
        {"update_id": %d, "message": {"message_id": %d, "date": %d, \
        "chat": {"id": -100%010d, "type": "supergroup", "title": "Chat %d"}, \
        "from": {"id": %d, "is_bot": false, "first_name": "Person %d"}, \
        "text": "The import of file %d fails with an error since the update, can you have a look?"}}""".formatted(id, id,
        1_770_000_000 + id, chat, chat, 500 + id % PEOPLE, id % PEOPLE, id);
  }

  private static double median(double[] values) {
    Arrays.sort(values);
    return values[values.length / 2];
  }

  private static void say(String words, Object... values) {
    System.out.println(String.format(Locale.ROOT, words, values));
  }

  /** What sessions of the database are busy with, looked at again and again. */
  private static final class Waits {

    private final Map<String, Integer> seen = new TreeMap<>();
    private final AtomicBoolean ended = new AtomicBoolean();
    private final Thread looker = Thread.ofPlatform().start(this::look);

    private void look() {
      while (!ended.get()) {
        List<String> busy = product.database().withHandle(sql -> sql.createQuery("""
            select coalesce(wait_event_type || ' ' || wait_event, 'computing') from pg_stat_activity
             where datname = current_database() and state = 'active' and pid <> pg_backend_pid()""").mapTo(String.class).list());
        busy.forEach(what -> seen.merge(what, 1, Integer::sum));
        LockSupport.parkNanos(10_000_000);
      }
    }

    /** The share of those that wait for a lock. */
    double end() throws InterruptedException {
      ended.set(true);
      looker.join();
      int all = seen.values().stream().mapToInt(Integer::intValue).sum();
      int locked = seen.entrySet().stream().filter(e -> e.getKey().startsWith("Lock ")).mapToInt(Map.Entry::getValue).sum();
      return all == 0 ? 0 : (double) locked / all;
    }
  }
}
