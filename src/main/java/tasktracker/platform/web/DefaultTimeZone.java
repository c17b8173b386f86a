package tasktracker.platform.web;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Inject;
import java.time.ZoneId;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** The time zone of accounts that have none of their own. The server does not start if it is invalid. */
@ApplicationScoped
public class DefaultTimeZone {

  private final ZoneId zone;

  @Inject
  public DefaultTimeZone(@ConfigProperty(name = "DEFAULT_ZONE", defaultValue = "UTC") String name) {
    zone = TimeZones.find(name)
        .orElseThrow(() -> new IllegalArgumentException("DEFAULT_ZONE must be a time zone such as Europe/Kyiv, not " + name));
  }

  /** Checks the setting at start. */
  void on(@Observes Startup event) {
    or(null);
  }

  /** The zone with this stored name, or the default. */
  public ZoneId or(@Nullable String name) {
    return TimeZones.find(name).orElse(zone);
  }
}
