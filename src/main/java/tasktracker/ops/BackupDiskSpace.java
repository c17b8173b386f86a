package tasktracker.ops;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Shutdown;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Inject;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * How much room is left where backups are kept, as far as this process can see the place. Looked at by a task of its
 * own: a place on a network that hangs must not hold up the other figures, nor a scrape.
 */
@ApplicationScoped
public class BackupDiskSpace {

  private static final System.Logger LOG = System.getLogger(BackupDiskSpace.class.getName());
  private static final int EVERY_SECONDS = 30;

  @Inject MeterRegistry meters;

  @Inject
  @ConfigProperty(name = "BACKUP_DIR")
  Optional<String> place;

  @Resource(lookup = "java:comp/DefaultManagedScheduledExecutorService")
  @Nullable ManagedScheduledExecutorService timer;

  private @Nullable ScheduledFuture<?> looking;

  void start(@Observes Startup event) {
    MultiGauge free = MultiGauge.builder("tasktracker.backup.free").baseUnit("bytes")
        .description("Room where backups are kept; not told where this server does not see the place").register(meters);
    place.map(Path::of).ifPresent(seen ->
        looking = timer.scheduleWithFixedDelay(() -> free.register(rows(seen), true), 1, EVERY_SECONDS, TimeUnit.SECONDS));
  }

  private static List<MultiGauge.Row<?>> rows(Path place) {
    try {
      return Files.exists(place) ? List.of(MultiGauge.Row.of(Tags.empty(), Files.getFileStore(place).getUsableSpace())) : List.of();
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "The place of the backups does not tell its room", e);
      return List.of();
    }
  }

  void stop(@Observes Shutdown event) {
    if (looking != null) {
      looking.cancel(true);
    }
  }
}
