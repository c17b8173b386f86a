package tasktracker.source.telegram;

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
import tasktracker.platform.job.NodeIdentity;
import tasktracker.source.LenientJson;

/**
 * Asks Telegram for updates where it cannot reach us. One node of the cluster does, as long as it renews its lease in
 * the database; when it is gone, another one goes on at the same offset within the lease's length.
 */
@ApplicationScoped
public class UpdatePoller {

  static final int LEASE_SECONDS = 20;
  private static final System.Logger LOG = System.getLogger(UpdatePoller.class.getName());
  private static final Duration WAIT = Duration.ofSeconds(8);
  private static final long LOOK_MS = 2_000;
  private static final long LONGEST_PAUSE_MS = 60_000;

  @Resource(lookup = "java:comp/DefaultManagedThreadFactory")
  private @Nullable ManagedThreadFactory threads;

  private @Nullable TelegramSetupStore setupStore;
  private @Nullable UpdateReceiver intake;
  private @Nullable BotApiClient bot;
  private @Nullable NodeIdentity node;
  private @Nullable Thread thread;
  private volatile boolean stopping;
  private volatile boolean polling;
  private int failures;

  protected UpdatePoller() {}

  @Inject
  public UpdatePoller(TelegramSetupStore setupStore, UpdateReceiver intake, BotApiClient bot, NodeIdentity node) {
    this.setupStore = setupStore;
    this.intake = intake;
    this.bot = bot;
    this.node = node;
  }

  void start(@Observes Startup event) {
    if (bot.hasToken() && node.isWorker()) {
      thread = threads.newThread(this::loop);
      thread.start();
    }
  }

  /** Lets the transaction at hand end; an answer that is waited for is not. */
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

  /** True while this node is the one that asks. */
  boolean isPolling() {
    return polling;
  }

  private void loop() {
    while (!stopping) {
      try {
        TimeUnit.MILLISECONDS.sleep(round());
      } catch (InterruptedException e) {
        stopping = true;
      } catch (RuntimeException e) {
        LOG.log(Level.WARNING, "Polling Telegram waits: {0}", e.toString());
        stopping |= !paused();
      }
    }
    giveBack();
  }

  private boolean paused() {
    try {
      TimeUnit.MILLISECONDS.sleep(LOOK_MS);
      return true;
    } catch (InterruptedException e) {
      return false;
    }
  }

  private void giveBack() {
    if (polling) {
      polling = false;
      Thread.interrupted(); // the database is still to be told
      setupStore.release(node.name());
    }
  }

  /** One look, and one question when it is ours to ask; how long to wait until the next. */
  private long round() {
    Optional<Long> offset = setupStore.lease(node.name(), LEASE_SECONDS);
    polling = offset.isPresent();
    return polling ? ask(offset.get()) : LOOK_MS;
  }

  private long ask(long offset) {
    try {
      take(bot.updates(offset, WAIT));
      setupStore.polled(node.name(), null);
      failures = 0;
      return 0;
    } catch (UpdateReceiver.LeaseLost e) {
      return LOOK_MS;
    } catch (BotApiException trouble) {
      return stopping ? 0 : failed(trouble);
    }
  }

  private void take(List<LenientJson> updates) {
    for (LenientJson update : updates) {
      Long id = update.number("update_id");
      if (id != null && !stopping) {
        intake.take(TelegramUpdate.of(update.json().toString()), () -> advance(id + 1));
      }
    }
  }

  private void advance(long offset) {
    if (!setupStore.advance(node.name(), offset)) {
      throw new UpdateReceiver.LeaseLost();
    }
  }

  /** Waits as long as Telegram asks, else twice as long each time. The lease may run out; then another one tries. */
  private long failed(BotApiException trouble) {
    setupStore.polled(node.name(), trouble);
    if (failures++ == 0) {
      LOG.log(Level.WARNING, "Telegram was asked for updates in vain: {0} {1}", trouble.kind(), trouble.text());
    }
    long backoff = Math.min(LONGEST_PAUSE_MS, 1_000L << Math.min(failures, 6));
    return trouble.pause() == null ? backoff : Math.max(1_000, trouble.pause().toMillis());
  }
}
