package tasktracker.source.telegram;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Shutdown;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Inject;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import tasktracker.source.telegram.update.UpdatePoller;

/** Metrics of the connection, read from the database every fifteen seconds, so that each node reports the same. */
@ApplicationScoped
public class TelegramMetrics {

  private static final System.Logger LOG = System.getLogger(TelegramMetrics.class.getName());

  @Resource(lookup = "java:comp/DefaultManagedScheduledExecutorService") private ManagedScheduledExecutorService scheduler;

  private final TelegramSetupStore setupStore;
  private final UpdatePoller poller;
  private final MeterRegistry meters;
  private final Clock clock;
  private volatile @Nullable TelegramSetup latest;
  private @Nullable ScheduledFuture<?> refreshing;

  @Inject
  public TelegramMetrics(TelegramSetupStore setupStore, UpdatePoller poller, MeterRegistry meters, Clock clock) {
    this.setupStore = setupStore;
    this.poller = poller;
    this.meters = meters;
    this.clock = clock;
  }

  void start(@Observes Startup event) {
    gauge("pending.updates", "updates", "Updates that Telegram holds back for us",
        s -> s.pendingUpdates() == null ? Double.NaN : s.pendingUpdates());
    gauge("last.error.age", "seconds", "Since Telegram could not deliver; none when it always could", s -> age(s.lastErrorAt()));
    gauge("last.update.age", "seconds", "Since an update came in", s -> age(s.lastUpdateAt()));
    gauge("last.check.age", "seconds", "Since Telegram was asked how it stands", s -> age(s.checkedAt()));
    gauge("connected", "", "1 while Telegram delivers to our address or is polled without trouble", TelegramMetrics::connected);
    Gauge.builder("tasktracker.telegram.polling", poller, p -> p.isPolling() ? 1 : 0).description("1 on the node that polls")
        .register(meters);
    refreshing = scheduler.scheduleWithFixedDelay(this::refresh, 0, 15, TimeUnit.SECONDS);
  }

  void stop(@Observes Shutdown event) {
    if (refreshing != null) {
      refreshing.cancel(false);
    }
  }

  private void gauge(String name, String unit, String description, ToDoubleFunction<TelegramSetup> figure) {
    Gauge.builder("tasktracker.telegram." + name, this, m -> m.latest == null ? Double.NaN : figure.applyAsDouble(m.latest))
        .baseUnit(unit.isEmpty() ? null : unit).description(description).register(meters);
  }

  private double age(@Nullable Instant at) {
    return at == null ? Double.NaN : Duration.between(at, clock.instant()).toMillis() / 1000.0;
  }

  private static double connected(TelegramSetup setup) {
    return setup.problem() == null && (setup.standing().equals("registered")
        || setup.standing().equals("polling") && setup.pollProblem() == null && setup.polledAt() != null) ? 1 : 0;
  }

  private void refresh() {
    try {
      latest = setupStore.get();
    } catch (RuntimeException e) {
      LOG.log(Level.DEBUG, "Telegram metrics were not refreshed: the database did not respond", e);
    }
  }
}
