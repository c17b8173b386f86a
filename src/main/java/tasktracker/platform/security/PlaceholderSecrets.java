package tasktracker.platform.security;

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
 * Refuses to start with a secret that everybody knows: what examples and guides write where a secret belongs. A secret
 * that is not set is no matter of this class. The containers' script {@code refuse-placeholders} has the same words.
 */
@ApplicationScoped
public class PlaceholderSecrets {

  /** Secrets, and how long each must be at least. The database's may be anybody's choice, so only known words count. */
  private static final Map<String, Integer> SECRETS =
      Map.of("DATABASE_PASSWORD", 0, "DATABASE_RUNTIME_PASSWORD", 0, "ADMIN_PASSWORD", 10, "ADMIN_TOKEN", 24, "TELEGRAM_WEBHOOK_SECRET", 16);
  private static final Pattern KNOWN = Pattern.compile("change(me.*|this.*)?|example.*|placeholder.*|replace(me|this).*|your.*here"
      + "|your(password|secret|token).*|password.*|passwd.*|(my)?secret|admin(istrator)?|postgres|tasktracker|test|todo"
      + "|default|none|null|letmein|qwerty.*|123456.*|xxx.*");

  void start(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) Startup event) {
    requireSecrets(name -> ConfigProvider.getConfig().getOptionalValue(name, String.class));
  }

  /**
   * Looks at each secret that is set.
   *
   * @throws IllegalStateException naming all that are none, and what to do; never their values
   */
  static void requireSecrets(Function<String, Optional<String>> settings) {
    List<String> wrong = SECRETS.keySet().stream().sorted()
        .flatMap(name -> settings.apply(name).filter(value -> !value.isBlank()).flatMap(value -> fault(name, value)).stream()).toList();
    if (!wrong.isEmpty()) {
      throw new IllegalStateException("Not started: " + String.join("; ", wrong)
          + ". Run bin/setup-env, which makes secrets, or set one of your own.");
    }
  }

  private static Optional<String> fault(String name, String value) {
    String plain = value.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    if (KNOWN.matcher(plain).matches()) {
      return Optional.of(name + " is a placeholder, not a secret");
    }
    int least = SECRETS.get(name);
    return value.length() >= least ? Optional.empty()
        : Optional.of("%s is too short (%d characters; %d are the least)".formatted(name, value.length(), least));
  }
}
