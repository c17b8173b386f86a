package tasktracker.platform.live.socket;

import io.github.bucket4j.Bucket;
import java.time.Duration;

/**
 * Rate limit of what one client sends: bursts of 60 frames and 32 KiB, and 5 frames and 2 KiB a second on average. Pages
 * answer a ping every 20 s; programs also change their subscriptions. Thread-safe.
 */
class InboundLimit {

  private static final Duration SECOND = Duration.ofSeconds(1);
  private final Bucket frames = bucket(60, 5);
  private final Bucket bytes = bucket(32 << 10, 2 << 10);

  private static Bucket bucket(int atOnce, int aSecond) {
    return Bucket.builder().addLimit(stage -> stage.capacity(atOnce).refillGreedy(aSecond, SECOND)).build();
  }

  /** @throws SocketViolation 1008 */
  void countFrame() throws SocketViolation {
    require(frames.tryConsume(1));
  }

  /** @throws SocketViolation 1008 */
  void countBytes(int count) throws SocketViolation {
    require(bytes.tryConsume(count));
  }

  private static void require(boolean within) throws SocketViolation {
    if (!within) {
      throw new SocketViolation(CloseCode.POLICY_VIOLATION, "Rate limit exceeded");
    }
  }
}
