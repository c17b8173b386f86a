package tasktracker.platform.security.account;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Inject;
import java.lang.System.Logger.Level;
import java.security.SecureRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.security.SecurityConfig;
import tasktracker.platform.security.token.ApiTokens;
import tasktracker.platform.web.problem.Problem;

/** Creates the first administrator when there is no account yet. */
@ApplicationScoped
public class FirstAdmin {

  private static final System.Logger LOG = System.getLogger(FirstAdmin.class.getName());
  /** Letters and digits that are not easily confused. */
  private static final String ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789";

  @Inject Accounts accounts;
  @Inject Passwords passwords;
  @Inject ApiTokens tokens;
  @Inject SecurityConfig config;

  void start(@Observes Startup event) {
    if (accounts.isEmpty()) {
      create();
    } else if (config.adminPasswordReset() && config.adminPassword() != null) {
      accounts.resetAdministrator(config.adminName(), passwords.hash(config.adminPassword()));
      LOG.log(Level.WARNING, "The password of {0} was set to ADMIN_PASSWORD; unset ADMIN_PASSWORD_RESET now", config.adminName());
    }
    accounts.findAdministrator(config.adminName()).ifPresent(a -> tokens.setBootstrapToken(a.id(), config.adminToken()));
  }

  private void create() {
    @Nullable
    String configured = config.adminPassword();
    String password = configured == null ? generatePassword() : configured;
    if (accounts.addFirst(config.adminName(), passwords.hash(password)).isPresent()) {
      logCreated(configured == null ? password : null);
    }
  }

  private void logCreated(@Nullable String password) {
    if (password != null) {
      LOG.log(Level.INFO, """
          First start: an administrator was created. The password is shown only once.

              name      {0}
              password  {1}

          Sign in and change it, or set ADMIN_PASSWORD before the first start.""", config.adminName(), password);
    } else {
      LOG.log(Level.INFO, "First start: the administrator {0} was created with ADMIN_PASSWORD", config.adminName());
      warnIfWeak();
    }
  }

  private void warnIfWeak() {
    try {
      PasswordStrength.require(String.valueOf(config.adminPassword()), config.adminName());
    } catch (Problem weak) {
      LOG.log(Level.WARNING, "ADMIN_PASSWORD is weak. {0}", weak.detail());
    }
  }

  /** Four groups of five characters: 99 bits. */
  private static String generatePassword() {
    SecureRandom random = new SecureRandom();
    return IntStream.range(0, 4).mapToObj(group -> random.ints(5, 0, ALPHABET.length())
        .mapToObj(i -> ALPHABET.substring(i, i + 1)).collect(Collectors.joining())).collect(Collectors.joining("-"));
  }
}
