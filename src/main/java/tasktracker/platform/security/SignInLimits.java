package tasktracker.platform.security;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import tasktracker.platform.security.RateLimits.Limit;
import tasktracker.platform.web.Problem;

/**
 * Counts tries of passwords, so that nobody guesses one and nobody keeps its owner out by guessing: a browser that the
 * account knows is counted by itself, whatever others do; all others by address, by name and address, and by name.
 */
@ApplicationScoped
public class SignInLimits {

  private final RateLimits limits;

  @SuppressWarnings("NullAway")
  protected SignInLimits() {
    this(null); // for the container's proxy
  }

  @Inject
  public SignInLimits(RateLimits limits) {
    this.limits = limits;
  }

  private record Count(Limit limit, String key) {}

  /** One try that was counted. */
  static final class Attempt {
    private final List<Count> counts;

    private Attempt(List<Count> counts) {
      this.counts = counts;
    }
  }

  /**
   * Counts a try before the password is looked at.
   *
   * @param name the sign-in name as it is looked up; empty when it is nobody's
   * @param address where the try comes from
   * @param device the browser, if that account knows it
   * @throws Problem 429 with the seconds to wait, when it is too many
   */
  protected Attempt count(Optional<String> name, String address, Optional<UUID> device) {
    var attempt = new Attempt(device.map(SignInLimits::ofDevice).orElseGet(() -> ofStranger(name.orElse(""), address)));
    attempt.counts.forEach(count -> limits.spend(count.limit(), count.key()));
    return attempt;
  }

  /** Takes the counts of a try back: the password was right. */
  protected void forgive(Attempt attempt) {
    attempt.counts.forEach(count -> limits.giveBack(count.limit(), count.key()));
  }

  private static List<Count> ofDevice(UUID device) {
    return List.of(new Count(Limit.SIGN_IN_DEVICE, device.toString()));
  }

  /** In this order: what one address is refused is not counted against the name, so that one address locks nobody out. */
  private static List<Count> ofStranger(String name, String address) {
    String network = ClientNetwork.of(address);
    return List.of(new Count(Limit.SIGN_IN_ADDRESS, network), new Count(Limit.SIGN_IN_NAME, network + ' ' + name),
        new Count(Limit.SIGN_IN_UNKNOWN, name));
  }
}
