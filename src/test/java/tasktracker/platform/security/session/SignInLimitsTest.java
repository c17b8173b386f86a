package tasktracker.platform.security.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tasktracker.platform.security.RateLimits;
import tasktracker.platform.security.SecurityConfig;
import tasktracker.platform.security.request.ClientNetwork;
import tasktracker.platform.web.problem.Problem;

/** Guessing is limited and does not lock out known devices. */
class SignInLimitsTest {

  private static final Optional<String> OLENA = Optional.of("olena");
  private static final Optional<UUID> HER_BROWSER = Optional.of(UUID.randomUUID());
  private final SignInLimits limits = new SignInLimits(
      new RateLimits(new SecurityConfig(name -> Optional.ofNullable(Map.<String, String>of().get(name)))));

  private boolean isRefused(Optional<String> name, String address, Optional<UUID> device) {
    try {
      limits.count(name, address, device);
      return false;
    } catch (Problem tooMany) {
      return true;
    }
  }

  private long refused(int tries, Optional<String> name, String address) {
    return IntStream.range(0, tries).filter(i -> isRefused(name, address, Optional.empty())).count();
  }

  @Test
  void anAddressHasTenAttemptsAMinuteForAName() {
    assertThat(refused(50, OLENA, "10.0.0.7")).isGreaterThanOrEqualTo(39);
  }

  @Test
  void anAddressHasThirtyAttemptsAMinuteForAllNames() {
    long refused = IntStream.range(0, 100).filter(i -> isRefused(Optional.of("name" + i), "10.0.0.7", Optional.empty())).count();
    assertThat(refused).isGreaterThanOrEqualTo(69);
  }

  @Test
  void oneAddressDoesNotLockOutAnother() {
    refused(1000, OLENA, "10.0.0.7");
    assertThat(isRefused(OLENA, "10.0.0.8", Optional.empty())).isFalse();
  }

  @Test
  void aKnownDeviceSignsInWhileTheNameIsLimited() {
    long refused = IntStream.range(0, 300).filter(i -> isRefused(OLENA, "10.0." + i % 100 + ".7", Optional.empty())).count();
    assertThat(refused).isGreaterThanOrEqualTo(190);
    assertThat(isRefused(OLENA, "10.9.9.9", Optional.empty())).as("a browser she never used").isTrue();
    assertThat(isRefused(OLENA, "10.0.0.7", HER_BROWSER)).as("her browser, at an address that guesses").isFalse();
  }

  @Test
  void aKnownDeviceHasTenAttemptsAMinute() {
    assertThat(IntStream.range(0, 50).filter(i -> isRefused(OLENA, "10.0.0." + i, HER_BROWSER)).count()).isGreaterThanOrEqualTo(39);
  }

  @Test
  void aCorrectPasswordIsRefunded() {
    assertThatCode(() -> IntStream.range(0, 500).forEach(i -> limits.refund(limits.count(OLENA, "10.0.0.7", Optional.empty()))))
        .doesNotThrowAnyException();
    assertThatCode(() -> IntStream.range(0, 500).forEach(i -> limits.refund(limits.count(OLENA, "10.0.0.7", HER_BROWSER))))
        .doesNotThrowAnyException();
  }

  @Test
  void anIpv6NetworkIsOneClient() {
    long refused = IntStream.range(0, 100).filter(i -> isRefused(OLENA, "2001:db8:1:2::" + Integer.toHexString(i), Optional.empty()))
        .count();
    assertThat(refused).isGreaterThanOrEqualTo(89);
    assertThat(isRefused(OLENA, "2001:db8:1:3::1", Optional.empty())).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"10.0.0.7, 10.0.0.7", "2001:db8::1, 20010db800000000/64", "fe80::1%eth0, fe80000000000000/64", "::ffff:10.0.0.7, 10.0.0.7",
      "not:an:address, not:an:address", "proxy.example, proxy.example", "'', ''"})
  void anAddressIsCountedByItsNetwork(String address, String network) {
    assertThat(ClientNetwork.of(address)).isEqualTo(network);
  }
}
