package tasktracker.platform.live;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Tells whether this node is draining, that is, about to stop. The operator's script creates the file that DRAIN_FILE
 * names and waits a few seconds; the node still serves all requests while the proxy moves traffic to other nodes.
 */
@ApplicationScoped
public class DrainSignal {

  private final Optional<Path> file;

  @Inject
  public DrainSignal(@ConfigProperty(name = "DRAIN_FILE") Optional<String> file) {
    this.file = file.map(Path::of);
  }

  /** True as soon as the file exists. */
  public boolean isAnnounced() {
    return file.filter(Files::exists).isPresent();
  }

  /** True when the file has existed for at least this long. */
  boolean isAnnouncedFor(Duration time) {
    return file.filter(Files::exists).filter(path -> lastModified(path).plus(time).isBefore(Instant.now())).isPresent();
  }

  private static Instant lastModified(Path path) {
    try {
      return Files.getLastModifiedTime(path).toInstant();
    } catch (IOException e) {
      return Instant.MAX.minus(Duration.ofDays(1)); // The file has been deleted meanwhile.
    }
  }
}
