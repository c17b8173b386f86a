package tasktracker.deploy;

import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Load of webhook deliveries, API requests and page views, each on its own connection and without retries. */
final class LoadGenerator implements AutoCloseable {
  private static final long PAUSE_NS = 60_000_000;
  private final ComposeStack stack;
  private final ExecutorService threads = Executors.newFixedThreadPool(4);
  private final AtomicInteger asked = new AtomicInteger();
  private final AtomicInteger next = new AtomicInteger();
  private final Set<String> accepted = ConcurrentHashMap.newKeySet();
  private final List<String> failures = new CopyOnWriteArrayList<>();
  private volatile boolean here = true;

  LoadGenerator(ComposeStack stack) {
    this.stack = stack;
    threads.submit(() -> keepOn(this::deliver));
    threads.submit(() -> keepOn(this::deliver));
    threads.submit(() -> keepOn(
        () -> expect200("messages", stack.program().with("Connection", "close").get("/api/v1/messages?page_size=5").status())));
    threads.submit(() -> keepOn(() -> expect200("sign-in page",
        stack.https().with("Connection", "close").with("Accept", "text/html").get("/assets/app.css").status())));
  }

  private void keepOn(Runnable request) {
    while (here) {
      asked.incrementAndGet();
      try {
        request.run();
      } catch (UncheckedIOException e) {
        failures.add(e.toString());
      }
      LockSupport.parkNanos(PAUSE_NS);
    }
  }

  private void deliver() {
    int id = next.incrementAndGet();
    int status = stack.telegram().with("Connection", "close").post("/webhook/telegram", update(id)).status();
    expect200("webhook", status);
    if (status == 200) {
      accepted.add("Roll " + id);
    }
  }

  static String update(int id) {
    return """
        {"update_id": %1$d, "message": {"message_id": %1$d, "date": %2$d, "chat": {"id": -1009900000001, "type": "supergroup", \
        "title": "Deployed"}, "from": {"id": 77, "is_bot": false, "first_name": "Olena"}, "text": "Roll %1$d"}}""".formatted(id,
        1_770_000_000 + id);
  }

  private void expect200(String what, int status) {
    if (status != 200) {
      failures.add(what + " " + status);
    }
  }

  int asked() {
    return asked.get();
  }

  /** Texts of messages that were answered by 200. */
  Set<String> accepted() {
    return accepted;
  }

  List<String> failures() {
    return failures;
  }

  @Override
  public void close() throws InterruptedException {
    here = false;
    threads.shutdown();
    if (!threads.awaitTermination(70, TimeUnit.SECONDS)) {
      throw new AssertionError("Requests hang");
    }
  }
}
