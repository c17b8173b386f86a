package tasktracker.platform.security;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Inject;
import java.lang.System.Logger.Level;
import java.security.SecureRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.web.Problem;

/** Sees to it that somebody can sign in: makes the first administrator when there is nobody yet. */
@ApplicationScoped
public class FirstAdmin {

  private static final System.Logger LOG = System.getLogger(FirstAdmin.class.getName());
  /** Letters and digits that are not taken for one another when they are copied by hand. */
  private static final String SIGNS = "abcdefghjkmnpqrstuvwxyz23456789";

  @Inject Accounts accounts;
  @Inject Passwords passwords;
  @Inject ApiTokens tokens;
  @Inject SecurityConfig config;

  void start(@Observes Startup event) {
    if (accounts.isEmpty()) {
      add();
    } else if (config.adminPasswordReset() && config.adminPassword() != null) {
      accounts.resetFirst(config.adminName(), passwords.hash(config.adminPassword()));
      LOG.log(Level.WARNING, "The password of {0} was set to ADMIN_PASSWORD; unset ADMIN_PASSWORD_RESET now", config.adminName());
    }
    accounts.administrator(config.adminName()).ifPresent(a -> tokens.bootstrap(a.id(), config.adminToken()));
  }

  private void add() {
    @Nullable String given = config.adminPassword();
    String password = given == null ? generated() : given;
    if (accounts.addFirst(config.adminName(), passwords.hash(password)).isPresent()) {
      tell(given == null ? password : null);
    }
  }

  private void tell(@Nullable String password) {
    if (password != null) {
      LOG.log(Level.INFO, """
          First start: there is an administrator now. This is shown once and kept nowhere.

              name      {0}
              password  {1}

          Sign in and change it, or set ADMIN_PASSWORD before the first start.""", config.adminName(), password);
    } else {
      LOG.log(Level.INFO, "First start: the administrator is {0}, with the password of ADMIN_PASSWORD", config.adminName());
      warnIfWeak();
    }
  }

  private void warnIfWeak() {
    try {
      PasswordStrength.require(String.valueOf(config.adminPassword()), config.adminName());
    } catch (Problem weak) {
      LOG.log(Level.WARNING, "ADMIN_PASSWORD should be another one. {0}", weak.detail());
    }
  }

  /** Four groups of five signs: 99 bits. */
  private static String generated() {
    SecureRandom random = new SecureRandom();
    return IntStream.range(0, 4).mapToObj(group -> random.ints(5, 0, SIGNS.length())
        .mapToObj(i -> SIGNS.substring(i, i + 1)).collect(Collectors.joining())).collect(Collectors.joining("-"));
  }
}
