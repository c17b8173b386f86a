package tasktracker.platform.live.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Limits of the send queues of clients that do not read. */
class OutboxTest {

  private final OutboxBudget node = new OutboxBudget(1 << 20);

  private static OutgoingFrame frame(int length) {
    return OutgoingFrame.text("x".repeat(length));
  }

  @Test
  void manySmallFramesFillAnOutbox() {
    Outbox outbox = new Outbox(node);
    assertThat(IntStream.range(0, Outbox.MAX_FRAMES)).allMatch(i -> outbox.offer(frame(1)));
    assertThat(outbox.offer(frame(1))).isFalse();
  }

  @Test
  void fewLargeFramesFillAnOutbox() {
    Outbox outbox = new Outbox(node);
    assertThat(outbox.offer(frame(200 << 10))).isTrue();
    assertThat(outbox.offer(frame(100 << 10))).isFalse();
    outbox.poll();
    assertThat(outbox.offer(frame(100 << 10))).isTrue();
  }

  @Test
  void aSingleFrameMayExceedTheLimit() {
    assertThat(new Outbox(node).offer(frame(Outbox.MAX_BYTES * 2))).isTrue();
  }

  @Test
  void aFrameInManyOutboxesCountsOnce() {
    OutgoingFrame shared = frame(200 << 10);
    assertThat(IntStream.range(0, 100)).allMatch(i -> new Outbox(node).offer(shared));
    assertThat(node.reservedBytes()).isEqualTo(shared.size());
  }

  @Test
  void theNodeLimitsAllOutboxesTogether() {
    assertThat(IntStream.range(0, 5)).allMatch(i -> new Outbox(node).offer(frame(200 << 10)));
    long held = node.reservedBytes();
    assertThat(new Outbox(node).offer(frame(200 << 10))).isFalse();
    assertThat(node.reservedBytes()).isEqualTo(held);
  }

  @Test
  void sentAndDiscardedFramesAreReleased() {
    Outbox outbox = new Outbox(node);
    IntStream.range(0, 10).forEach(i -> outbox.offer(frame(1000)));
    outbox.poll();
    outbox.clear();
    assertThat(node.reservedBytes()).isZero();
    assertThat(outbox.isEmpty()).isTrue();
  }
}
