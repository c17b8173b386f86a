package tasktracker.fault;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import tasktracker.harness.Api;

/**
 * Sends updates to the webhook as Telegram does: several at once, each repeated until the response is 200, and some
 * repeated after that.
 */
final class WebhookSender implements AutoCloseable {
  private static final int CONNECTIONS = 4;
  /** With four connections some 6 updates a second: enough to be in the middle of many, and all of them must be worked off. */
  private static final Duration PAUSE = Duration.ofMillis(700);
  private final Api webhook;
  private final DeliveryLog ledger;
  private final long chat;
  private final AtomicLong next = new AtomicLong();
  private final Set<Integer> statuses = new ConcurrentSkipListSet<>();
  private final AtomicLong slowestMs = new AtomicLong();
  private final ExecutorService senders = Executors.newFixedThreadPool(CONNECTIONS);
  private volatile boolean talking = true;

  WebhookSender(Api webhook, DeliveryLog ledger, long chat) {
    this.webhook = webhook;
    this.ledger = ledger;
    this.chat = chat;
    for (int i = 0; i < CONNECTIONS; i++) {
      senders.submit(this::talk);
    }
  }

  private void talk() {
    while (talking) {
      long id = next.incrementAndGet();
      ledger.sending(id);
      while (!deliver(id)) {
        pause();
      }
      ledger.answered(id);
      if (id % 10 == 0) {
        deliver(id);
      }
      pause();
    }
  }

  private boolean deliver(long id) {
    long asked = System.nanoTime();
    try {
      var status = webhook.post("/webhook/telegram", update(id)).status();
      statuses.add(status);
      return status == 200;
    } catch (UncheckedIOException e) {
      return false; // Connection refused: Telegram tries again.
    } finally {
      slowestMs.accumulateAndGet(Duration.ofNanos(System.nanoTime() - asked).toMillis(), Math::max);
    }
  }

  private String update(long id) {
    return """
        {"update_id": %d, "message": {"message_id": %d, "date": %d, \
        "chat": {"id": -100%010d, "type": "supergroup", "title": "Chat %d"}, \
        "from": {"id": %d, "is_bot": false, "first_name": "%s"}, "text": "%s"}}""".formatted(chat * 1_000_000 + id, id,
        1_770_000_000 + id, chat, chat, NumberedMessages.person(id), NumberedMessages.name(id), NumberedMessages.text(id));
  }

  private static void pause() {
    LockSupport.parkNanos(PAUSE.toNanos());
  }

  /** Stops after the deliveries that are on their way: each begun one is answered in the end. */
  void hangUp() throws InterruptedException {
    talking = false;
    senders.shutdown();
    if (!senders.awaitTermination(90, TimeUnit.SECONDS)) {
      throw new AssertionError("Updates are still refused 90 s after the fault; answers so far: " + statuses);
    }
  }

  /** All response statuses, such as 200 and 503. */
  Set<Integer> statuses() {
    return Set.copyOf(statuses);
  }

  /** How long the slowest answer took. */
  Duration slowest() {
    return Duration.ofMillis(slowestMs.get());
  }

  @Override
  public void close() {
    talking = false;
    senders.shutdownNow();
  }
}
