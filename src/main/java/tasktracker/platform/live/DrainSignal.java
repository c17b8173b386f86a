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
 * Whether this node is about to stop. Who stops it makes the file that DRAIN_FILE names and waits a few seconds: the
 * node still serves everything, while the proxy turns to others.
 */
@ApplicationScoped
public class DrainSignal {

  private final Optional<Path> file;

  protected DrainSignal() {
    this.file = Optional.empty(); // for the container's proxy
  }

  @Inject
  public DrainSignal(@ConfigProperty(name = "DRAIN_FILE") Optional<String> file) {
    this.file = file.map(Path::of);
  }

  /** From the moment the file is there. */
  public boolean isAnnounced() {
    return file.filter(Files::exists).isPresent();
  }

  /** Announced for at least so long. */
  boolean isAnnouncedFor(Duration time) {
    return file.filter(Files::exists).filter(path -> changed(path).plus(time).isBefore(Instant.now())).isPresent();
  }

  private static Instant changed(Path path) {
    try {
      return Files.getLastModifiedTime(path).toInstant();
    } catch (IOException e) {
      return Instant.MAX.minus(Duration.ofDays(1)); // taken back just now
    }
  }
}
