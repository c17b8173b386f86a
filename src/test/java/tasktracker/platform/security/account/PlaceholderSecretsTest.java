package tasktracker.platform.security.account;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Placeholders copied from an example. */
class PlaceholderSecretsTest {

  private static void start(Map<String, String> settings) {
    PlaceholderSecrets.requireSecrets(name -> Optional.ofNullable(settings.get(name)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"changeme", "Change-Me!", "CHANGE_ME_IN_PRODUCTION", "example-password-1234567890", "your-token-here",
      "yourSecret123456789012345", "<placeholder>", "password123456789012345678", "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
      "12345678901234567890123456"})
  void aPlaceholderPreventsTheStart(String value) {
    assertThatThrownBy(() -> start(Map.of("ADMIN_TOKEN", value))).isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("ADMIN_TOKEN is a placeholder").hasMessageContaining("bin/setup-env");
  }

  @Test
  void aShortSecretPreventsTheStartAndIsNotLogged() {
    assertThatThrownBy(() -> start(Map.of("TELEGRAM_WEBHOOK_SECRET", "kitten"))).isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("TELEGRAM_WEBHOOK_SECRET is too short (6 characters, at least 16 are needed)")
        .hasMessageNotContaining("kitten");
  }

  @Test
  void allInvalidSecretsAreReportedTogether() {
    assertThatThrownBy(() -> start(Map.of("DATABASE_PASSWORD", "postgres", "ADMIN_PASSWORD", "admin")))
        .hasMessageContaining("DATABASE_PASSWORD is a placeholder").hasMessageContaining("ADMIN_PASSWORD is a placeholder");
  }

  @Test
  void validAndMissingSecretsPass() {
    assertThatCode(() -> start(Map.of())).doesNotThrowAnyException();
    assertThatCode(() -> start(Map.of("ADMIN_PASSWORD", "olena-likes-clean-feeds", "ADMIN_TOKEN", "0123456789abcdef0123456789abcdef",
        "DATABASE_PASSWORD", "short", "TELEGRAM_WEBHOOK_SECRET", "secret-between-telegram-and-us"))).doesNotThrowAnyException();
  }
}
