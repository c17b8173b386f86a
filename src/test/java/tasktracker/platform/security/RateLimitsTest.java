package tasktracker.platform.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tasktracker.platform.security.RateLimits.Limit;
import tasktracker.platform.web.problem.Problem;

class RateLimitsTest {

  private static RateLimits limits(Map<String, String> settings) {
    return new RateLimits(new SecurityConfig(name -> Optional.ofNullable(settings.get(name))));
  }

  @Test
  void anExceededLimitSaysWhenToRetry() {
    RateLimits limits = limits(Map.of());
    long refused = IntStream.range(0, 50).filter(i -> isRefused(limits, Limit.SIGN_IN_NAME, "olena")).count();
    assertThat(refused).isGreaterThanOrEqualTo(39);
    assertThatThrownBy(() -> limits.consume(Limit.SIGN_IN_NAME, "olena")).satisfies(p -> {
      assertThat(((Problem) p).status()).isEqualTo(429);
      assertThat(((Problem) p).retryAfterSeconds()).isBetween(1, 6);
    });
  }

  @Test
  void keysAreCountedSeparately() {
    RateLimits limits = limits(Map.of("rate.search", "3"));
    IntStream.range(0, 10).forEach(i -> isRefused(limits, Limit.SEARCH, "kevin"));
    assertThatCode(() -> limits.consume(Limit.SEARCH, "olena")).doesNotThrowAnyException();
  }

  @Test
  void aRefundRestoresTheLimit() {
    RateLimits limits = limits(Map.of("rate.sign.in.name", "2"));
    assertThatCode(() -> IntStream.range(0, 20).forEach(i -> {
      limits.consume(Limit.SIGN_IN_NAME, "olena");
      limits.refund(Limit.SIGN_IN_NAME, "olena");
    })).doesNotThrowAnyException();
  }

  @Test
  void zeroDisablesALimit() {
    RateLimits limits = limits(Map.of("rate.sign.in.name", "0"));
    assertThat(IntStream.range(0, 1000).filter(i -> isRefused(limits, Limit.SIGN_IN_NAME, "olena")).count()).isZero();
  }

  @Test
  void aLimitThatIsNoNumberFailsAtTheStart() {
    assertThatThrownBy(() -> limits(Map.of("rate.search", "many"))).hasMessageContaining("rate.search");
  }

  @Test
  void keysAreStoredWithAFixedSize() {
    RateLimits limits = limits(Map.of());
    limits.consume(Limit.VISITOR, "10.0.0.7");
    limits.consume(Limit.VISITOR, "\uFDFA".repeat(345_000));
    assertThat(limits.measure().buckets()).isEqualTo(2);
    assertThat(limits.measure().longestKey()).isEqualTo(43);
  }

  @Test
  void theCacheOfBucketsIsBounded() {
    RateLimits limits = limits(Map.of());
    IntStream.range(0, 25_000).forEach(i -> limits.consume(Limit.VISITOR, "caller " + i));
    assertThat(limits.measure().buckets()).isLessThanOrEqualTo(5_000);
  }

  @Test
  void aFloodOfOneLimitEvictsNoOther() {
    RateLimits limits = limits(Map.of("rate.sign.in.name", "5"));
    IntStream.range(0, 10).forEach(i -> isRefused(limits, Limit.SIGN_IN_NAME, "olena"));
    for (Limit flooded : Limit.values()) {
      IntStream.range(0, flooded == Limit.SIGN_IN_NAME ? 0 : 25_000).forEach(i -> limits.consume(flooded, "caller " + i));
    }
    limits.measure();
    assertThat(isRefused(limits, Limit.SIGN_IN_NAME, "olena")).isTrue();
  }

  private static boolean isRefused(RateLimits limits, Limit limit, String key) {
    try {
      limits.consume(limit, key);
      return false;
    } catch (Problem tooMany) {
      return true;
    }
  }
}
