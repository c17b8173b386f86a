package tasktracker.source.telegram.update;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Shutdown;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Inject;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.job.run.NodeIdentity;
import tasktracker.source.format.LenientJson;
import tasktracker.source.telegram.TelegramSetupStore;
import tasktracker.source.telegram.bot.BotApiClient;
import tasktracker.source.telegram.bot.BotApiException;
import tasktracker.source.telegram.bot.ResponseLimitExceeded;

/**
 * Long polling for servers that Telegram cannot reach. One node of the cluster polls as long as it renews its lease in
 * the database; when it fails, another node continues from the same offset after the lease expires.
 */
@ApplicationScoped
public class UpdatePoller {

  static final int LEASE_SECONDS = 20;
  private static final System.Logger LOG = System.getLogger(UpdatePoller.class.getName());
  private static final Duration POLL_TIMEOUT = Duration.ofSeconds(8);
  private static final long IDLE_INTERVAL_MS = 2_000;
  private static final long MAX_BACKOFF_MS = 60_000;

  @Resource(lookup = "java:comp/DefaultManagedThreadFactory") private ManagedThreadFactory threads;

  private final TelegramSetupStore setupStore;
  private final UpdateReceiver receiver;
  private final UpdateInbox inbox;
  private final BotApiClient bot;
  private final NodeIdentity node;
  private @Nullable Thread thread;
  private volatile boolean stopping;
  private volatile boolean polling;
  private int failures;
  /** Updates of the next request; fewer after a response that could not be parsed. */
  private int limit = BotApiClient.MAX_UPDATES;

  @Inject
  public UpdatePoller(TelegramSetupStore setupStore, UpdateReceiver receiver, UpdateInbox inbox, BotApiClient bot, NodeIdentity node) {
    this.setupStore = setupStore;
    this.receiver = receiver;
    this.inbox = inbox;
    this.bot = bot;
    this.node = node;
  }

  void start(@Observes Startup event) {
    if (bot.hasToken() && node.isWorker()) {
      thread = threads.newThread(this::loop);
      thread.start();
    }
  }

  /** Waits for the current transaction; a pending request is interrupted. */
  void stop(@Observes Shutdown event) {
    stopping = true;
    if (thread != null) {
      thread.interrupt();
      try {
        thread.join(Duration.ofSeconds(5));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Whether this node polls. */
  public boolean isPolling() {
    return polling;
  }

  private void loop() {
    while (!stopping) {
      try {
        TimeUnit.MILLISECONDS.sleep(pollOnce());
      } catch (InterruptedException e) {
        stopping = true;
      } catch (RuntimeException e) {
        LOG.log(Level.WARNING, "Polling Telegram is paused: {0}", e.toString());
        stopping |= !pause();
      }
    }
    releaseLease();
  }

  private boolean pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(IDLE_INTERVAL_MS);
      return true;
    } catch (InterruptedException e) {
      return false;
    }
  }

  private void releaseLease() {
    if (polling) {
      polling = false;
      Thread.interrupted(); // clears the interrupt, because the lease is still to be released
      setupStore.releaseLease(node.name());
    }
  }

  /** Acquires or renews the lease and polls once when it is held; returns the milliseconds until the next round. */
  private long pollOnce() {
    Optional<Long> offset = setupStore.acquireLease(node.name(), LEASE_SECONDS);
    polling = offset.isPresent();
    return polling ? poll(offset.get()) : IDLE_INTERVAL_MS;
  }

  private long poll(long offset) {
    try {
      return request(offset);
    } catch (UpdateReceiver.LeaseLost e) {
      return IDLE_INTERVAL_MS;
    } catch (BotApiException trouble) {
      return stopping ? 0 : backoff(trouble);
    }
  }

  private long request(long offset) {
    try {
      store(bot.getUpdates(offset, limit, POLL_TIMEOUT));
      limit = Math.min(BotApiClient.MAX_UPDATES, 2 * limit);
      return succeed();
    } catch (ResponseLimitExceeded trouble) {
      return limit > 1 ? requestFewer() : skip(trouble);
    }
  }

  private long succeed() {
    setupStore.savePollResult(node.name(), null);
    failures = 0;
    return 0;
  }

  private long requestFewer() {
    limit /= 2;
    return 0;
  }

  /** Stores the only update of a response that cannot be parsed as failed; otherwise Telegram would send it for ever. */
  private long skip(ResponseLimitExceeded trouble) {
    long id = trouble.firstUpdateId().orElseThrow(() -> trouble);
    LOG.log(Level.WARNING, "The update {0} cannot be parsed and is skipped: {1}", String.valueOf(id), trouble.text());
    inbox.storeUnparsed(TelegramUpdate.unparsed(id, trouble.response()), trouble.text(), () -> advanceOffset(id + 1));
    return succeed();
  }

  private void store(List<LenientJson> updates) {
    for (LenientJson update : updates) {
      Long id = update.number("update_id");
      if (id != null && !stopping) {
        receiver.receive(TelegramUpdate.ofPolled(update.json()), () -> advanceOffset(id + 1));
      }
    }
  }

  private void advanceOffset(long offset) {
    if (!setupStore.advanceOffset(node.name(), offset)) {
      throw new UpdateReceiver.LeaseLost();
    }
  }

  /**
   * Waits as long as Telegram asks, otherwise with exponential backoff. The lease may expire meanwhile; then another
   * node tries.
   */
  private long backoff(BotApiException trouble) {
    setupStore.savePollResult(node.name(), trouble);
    if (failures++ == 0) {
      LOG.log(Level.WARNING, "Polling Telegram failed: {0} {1}", trouble.kind(), trouble.text());
    }
    long backoff = Math.min(MAX_BACKOFF_MS, 1_000L << Math.min(failures, 6));
    return trouble.retryAfter() == null ? backoff : Math.max(1_000, trouble.retryAfter().toMillis());
  }
}
