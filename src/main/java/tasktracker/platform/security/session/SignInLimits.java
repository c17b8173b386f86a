package tasktracker.platform.security.session;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import tasktracker.platform.security.RateLimits;
import tasktracker.platform.security.RateLimits.Limit;
import tasktracker.platform.security.request.ClientNetwork;
import tasktracker.platform.web.problem.Problem;

/**
 * Rate limits for sign-ins, against guessing and against locking a user out by guessing. Attempts of a known device are
 * counted separately; all others are counted by address, by name and address, and by name.
 */
@ApplicationScoped
public class SignInLimits {

  private final RateLimits limits;

  @Inject
  public SignInLimits(RateLimits limits) {
    this.limits = limits;
  }

  private record Count(Limit limit, String key) {}

  /** A counted attempt. */
  static final class Attempt {
    private final List<Count> counts;

    private Attempt(List<Count> counts) {
      this.counts = counts;
    }
  }

  /**
   * Counts an attempt before the password is checked.
   *
   * @param name normalized sign-in name; empty when it is invalid
   * @param address the address of the client
   * @param device the device, if it is known
   * @throws Problem 429 with Retry-After, when a limit is exceeded
   */
  public Attempt count(Optional<String> name, String address, Optional<UUID> device) {
    var attempt = new Attempt(device.map(SignInLimits::countsOfDevice).orElseGet(() -> countsOfUnknownDevice(name.orElse(""), address)));
    attempt.counts.forEach(count -> limits.consume(count.limit(), count.key()));
    return attempt;
  }

  /** Refunds an attempt after a correct password. */
  protected void refund(Attempt attempt) {
    attempt.counts.forEach(count -> limits.refund(count.limit(), count.key()));
  }

  private static List<Count> countsOfDevice(UUID device) {
    return List.of(new Count(Limit.SIGN_IN_DEVICE, device.toString()));
  }

  /**
   * In this order: attempts that are refused for their address are not counted for the name, so that one address cannot
   * lock a user out.
   */
  private static List<Count> countsOfUnknownDevice(String name, String address) {
    String network = ClientNetwork.of(address);
    return List.of(new Count(Limit.SIGN_IN_ADDRESS, network), new Count(Limit.SIGN_IN_NAME, network + ' ' + name),
        new Count(Limit.SIGN_IN_UNKNOWN, name));
  }
}
