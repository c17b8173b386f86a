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

/** The security settings. Each name is also an environment variable: {@code session.idle.minutes} is SESSION_IDLE_MINUTES. */
@ApplicationScoped
public class SecurityConfig {

  private final Function<String, Optional<String>> settings;

  @Inject
  public SecurityConfig() {
    this(name -> ConfigProvider.getConfig().getOptionalValue(name, String.class));
  }

  public SecurityConfig(Function<String, Optional<String>> settings) {
    this.settings = settings;
  }

  /** A session ends after this time without use. */
  public Duration sessionIdle() {
    return Duration.ofMinutes(number("session.idle.minutes", 480));
  }

  /** A session ends after this time even if it is used. */
  public Duration sessionMaxAge() {
    return Duration.ofHours(number("session.max.hours", 168));
  }

  public String adminName() {
    return text("admin.user").orElse("admin");
  }

  public @Nullable String adminPassword() {
    return text("admin.password").orElse(null);
  }

  /** True to reset the administrator's password to ADMIN_PASSWORD at start, when it was lost. */
  public boolean adminPasswordReset() {
    return text("admin.password.reset").map(Boolean::parseBoolean).orElse(false);
  }

  /** The token of Prometheus for the metrics. */
  public @Nullable String metricsToken() {
    return text("metrics.token").orElse(null);
  }

  public @Nullable String adminToken() {
    return text("admin.token").orElse(null);
  }

  /** Other origins whose pages may make changes and open sockets. */
  public Set<String> allowedOrigins() {
    return text("allowed.origins").stream().flatMap(all -> Arrays.stream(all.split(",")))
        .map(String::strip).filter(o -> !o.isEmpty()).collect(Collectors.toUnmodifiableSet());
  }

  /** Proxies whose X-Forwarded-For is trusted: addresses, networks or host names; none by default. */
  public List<String> trustedProxies() {
    return text("trusted.proxies").stream().flatMap(all -> Arrays.stream(all.split(",")))
        .map(String::strip).filter(p -> !p.isEmpty()).toList();
  }

  /** The maximum bytes of an upload: MAX_UPLOAD plus one mebibyte for the multipart form. */
  public long uploadLimit() {
    return text("max.upload").map(Long::valueOf).orElse(2L << 30) + (1L << 20);
  }

  /** A whole number, 0 or more. */
  protected int number(String name, int defaultValue) {
    String given = text(name).orElse(Integer.toString(defaultValue));
    if (!given.matches("[0-9]{1,9}")) {
      throw new IllegalArgumentException(name + " must be a whole number, not " + given);
    }
    return Integer.parseInt(given);
  }

  private Optional<String> text(String name) {
    return settings.apply(name).map(String::strip).filter(s -> !s.isEmpty());
  }
}
