package tasktracker.platform.security;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;

/** What an operator may set; each name is also an environment variable, as {@code session.idle.minutes} is SESSION_IDLE_MINUTES. */
@ApplicationScoped
public class SecurityConfig {

  private final Function<String, Optional<String>> settings;

  @Inject
  public SecurityConfig() {
    this(name -> ConfigProvider.getConfig().getOptionalValue(name, String.class));
  }

  SecurityConfig(Function<String, Optional<String>> settings) {
    this.settings = settings;
  }

  /** A session unused for so long has ended. */
  public Duration sessionIdle() {
    return Duration.ofMinutes(number("session.idle.minutes", 480));
  }

  /** A session ends after so long, used or not. */
  public Duration sessionLongest() {
    return Duration.ofHours(number("session.max.hours", 168));
  }

  public String adminName() {
    return text("admin.user").orElse("admin");
  }

  public @Nullable String adminPassword() {
    return text("admin.password").orElse(null);
  }

  /** Whether the administrator's password is set to ADMIN_PASSWORD at start: the way back in when it is lost. */
  public boolean adminPasswordReset() {
    return text("admin.password.reset").map(Boolean::parseBoolean).orElse(false);
  }

  /** What Prometheus carries when it asks for the metrics. */
  public @Nullable String metricsToken() {
    return text("metrics.token").orElse(null);
  }

  public @Nullable String adminToken() {
    return text("admin.token").orElse(null);
  }

  /** Origins, beside the server's own, whose pages may change things and open sockets. */
  public Set<String> allowedOrigins() {
    return text("allowed.origins").stream().flatMap(all -> Arrays.stream(all.split(",")))
        .map(String::strip).filter(o -> !o.isEmpty()).collect(Collectors.toUnmodifiableSet());
  }

  /** Proxies in front whose word on addresses counts: addresses, networks or host names. Nobody's by default. */
  public List<String> trustedProxies() {
    return text("trusted.proxies").stream().flatMap(all -> Arrays.stream(all.split(",")))
        .map(String::strip).filter(p -> !p.isEmpty()).toList();
  }

  /** How long the body of an upload may be, in bytes: MAX_UPLOAD, and a mebibyte for the form around the file. */
  protected long uploadLimit() {
    return text("max.upload").map(Long::valueOf).orElse(2L << 30) + (1L << 20);
  }

  /** A whole number, 0 or more. */
  protected int number(String name, int usual) {
    String given = text(name).orElse(Integer.toString(usual));
    if (!given.matches("[0-9]{1,9}")) {
      throw new IllegalArgumentException(name + " must be a whole number, not " + given);
    }
    return Integer.parseInt(given);
  }

  private Optional<String> text(String name) {
    return settings.apply(name).map(String::strip).filter(s -> !s.isEmpty());
  }
}
