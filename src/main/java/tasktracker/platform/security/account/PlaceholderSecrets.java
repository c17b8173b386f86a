package tasktracker.platform.security.account;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.interceptor.Interceptor;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * Refuses to start with placeholders of examples and guides instead of secrets. Secrets that are not set are not checked.
 * The script {@code refuse-placeholders} of the containers has the same list.
 */
@ApplicationScoped
public class PlaceholderSecrets {

  /** Secrets with their minimum lengths. Those of the database may be chosen by others, so only placeholders are refused. */
  private static final Map<String, Integer> SECRETS = Map.of("DATABASE_PASSWORD", 0, "DATABASE_RUNTIME_PASSWORD", 0, "ADMIN_PASSWORD", 10,
      "ADMIN_TOKEN", 24, "TELEGRAM_WEBHOOK_SECRET", 16);
  private static final Pattern KNOWN = Pattern.compile("change(me.*|this.*)?|example.*|placeholder.*|replace(me|this).*|your.*here"
      + "|your(password|secret|token).*|password.*|passwd.*|(my)?secret|admin(istrator)?|postgres|tasktracker|test|todo"
      + "|default|none|null|letmein|qwerty.*|123456.*|xxx.*");

  void start(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) Startup event) {
    requireSecrets(name -> ConfigProvider.getConfig().getOptionalValue(name, String.class));
  }

  /**
   * Checks each secret that is set.
   *
   * @throws IllegalStateException with the names of all invalid secrets and what to do, never their values
   */
  static void requireSecrets(Function<String, Optional<String>> settings) {
    List<String> wrong = SECRETS.entrySet().stream().sorted(Map.Entry.comparingByKey())
        .flatMap(secret -> settings.apply(secret.getKey()).filter(value -> !value.isBlank())
            .flatMap(value -> problem(secret.getKey(), value, secret.getValue())).stream())
        .toList();
    if (!wrong.isEmpty()) {
      throw new IllegalStateException("Task Tracker does not start: " + String.join("; ", wrong)
          + ". Run bin/setup-env to generate secrets, or set your own.");
    }
  }

  private static Optional<String> problem(String name, String value, int minLength) {
    String plain = value.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    if (KNOWN.matcher(plain).matches()) {
      return Optional.of(name + " is a placeholder, not a secret");
    }
    return value.length() >= minLength
        ? Optional.empty()
        : Optional.of("%s is too short (%d characters, at least %d are needed)".formatted(name, value.length(), minLength));
  }
}
