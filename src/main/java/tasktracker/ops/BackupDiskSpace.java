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
 * Metric of the free space of the backup directory, if this process can access it. Measured by a task of its own, because
 * a hanging network file system must not delay other metrics or a scrape.
 */
@ApplicationScoped
public class BackupDiskSpace {

  private static final System.Logger LOG = System.getLogger(BackupDiskSpace.class.getName());
  private static final int INTERVAL_SECONDS = 30;

  @Inject MeterRegistry meters;

  @Inject
  @ConfigProperty(name = "BACKUP_DIR") Optional<String> directory;

  @Resource(lookup = "java:comp/DefaultManagedScheduledExecutorService") ManagedScheduledExecutorService timer;

  private @Nullable ScheduledFuture<?> task;

  void start(@Observes Startup event) {
    MultiGauge free = MultiGauge.builder("tasktracker.backup.free").baseUnit("bytes")
        .description("Free space of the backup directory; absent where this server cannot access it").register(meters);
    directory.map(Path::of).ifPresent(
        path -> task = timer.scheduleWithFixedDelay(() -> free.register(rows(path), true), 1, INTERVAL_SECONDS, TimeUnit.SECONDS));
  }

  private static List<MultiGauge.Row<?>> rows(Path directory) {
    try {
      return Files.exists(directory) ? List.of(MultiGauge.Row.of(Tags.empty(), Files.getFileStore(directory).getUsableSpace())) : List.of();
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "Could not measure the free space of the backup directory", e);
      return List.of();
    }
  }

  void stop(@Observes Shutdown event) {
    if (task != null) {
      task.cancel(true);
    }
  }
}
