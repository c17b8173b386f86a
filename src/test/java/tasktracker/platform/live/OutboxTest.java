package tasktracker.platform.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How much waits for listeners who do not read. */
class OutboxTest {

  private final OutboxBudget node = new OutboxBudget(1 << 20);

  private static OutgoingFrame frame(int length) {
    return OutgoingFrame.text("x".repeat(length));
  }

  @Test
  void manySmallFramesFillIt() {
    Outbox outbox = new Outbox(node);
    assertThat(IntStream.range(0, Outbox.MAX_FRAMES)).allMatch(i -> outbox.offer(frame(1)));
    assertThat(outbox.offer(frame(1))).isFalse();
  }

  @Test
  void fewLargeFramesFillIt() {
    Outbox outbox = new Outbox(node);
    assertThat(outbox.offer(frame(200 << 10))).isTrue();
    assertThat(outbox.offer(frame(100 << 10))).isFalse();
    outbox.poll();
    assertThat(outbox.offer(frame(100 << 10))).isTrue();
  }

  @Test
  void oneFrameMayBeLargerThanTheBound() {
    assertThat(new Outbox(node).offer(frame(Outbox.MAX_BYTES * 2))).isTrue();
  }

  @Test
  void whatManyHearCountsOnce() {
    OutgoingFrame shared = frame(200 << 10);
    assertThat(IntStream.range(0, 100)).allMatch(i -> new Outbox(node).offer(shared));
    assertThat(node.held()).isEqualTo(shared.size());
  }

  @Test
  void theNodeHasABoundForAllTogether() {
    assertThat(IntStream.range(0, 5)).allMatch(i -> new Outbox(node).offer(frame(200 << 10)));
    long held = node.held();
    assertThat(new Outbox(node).offer(frame(200 << 10))).isFalse();
    assertThat(node.held()).isEqualTo(held);
  }

  @Test
  void whatIsSentOrThrownAwayIsNotHeld() {
    Outbox outbox = new Outbox(node);
    IntStream.range(0, 10).forEach(i -> outbox.offer(frame(1000)));
    outbox.poll();
    outbox.clear();
    assertThat(node.held()).isZero();
    assertThat(outbox.isEmpty()).isTrue();
  }
}
