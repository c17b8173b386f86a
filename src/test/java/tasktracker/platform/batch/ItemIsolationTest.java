package tasktracker.platform.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tasktracker.platform.ai.Embedder.EmbedderUnavailable;
import tasktracker.platform.job.JobDiscarded;
import tasktracker.platform.job.JobSnoozed;

class ItemIsolationTest {

  private final List<List<Integer>> done = new ArrayList<>();
  private final List<Integer> failed = new ArrayList<>();

  private boolean run(int items, Set<Integer> failing, Supplier<RuntimeException> failure) {
    return ItemIsolation.run(IntStream.range(0, items).boxed().toList(), some -> {
      if (some.stream().anyMatch(failing::contains)) {
        throw failure.get();
      }
      done.add(some);
    }, (item, cause) -> failed.add(item));
  }

  @Test
  void aBatchWithoutFailuresIsProcessedAsOne() {
    assertThat(run(100, Set.of(), IllegalStateException::new)).isTrue();
    assertThat(done).hasSize(1);
    assertThat(failed).isEmpty();
  }

  @Test
  void failingItemsAreIsolatedAndTheOthersProcessed() {
    assertThat(run(100, Set.of(3, 99), IllegalStateException::new)).isFalse();
    assertThat(failed).containsExactly(3, 99);
    assertThat(done).hasSize(98);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 10, 100, 1000})
  void theWorkIsAtMostTwiceThatOfABatch(int items) {
    int[] worked = new int[1];
    ItemIsolation.run(IntStream.range(0, items).boxed().toList(), some -> {
      worked[0] += some.size();
      throw new IllegalArgumentException("no");
    }, (item, cause) -> failed.add(item));
    assertThat(worked[0]).isLessThanOrEqualTo(2 * items);
    assertThat(failed).hasSize(items);
  }

  @Test
  void aStackOverflowIsAFailureOfAnItem() {
    ItemIsolation.run(List.of(1, 2), some -> {
      if (some.contains(1)) {
        throw new StackOverflowError();
      }
    }, (item, cause) -> failed.add(item));
    assertThat(failed).containsExactly(1);
  }

  static Stream<RuntimeException> failuresOfTheBatch() {
    return Stream.concat(
        Stream.of("40001", "40P01", "08006", "57014", "57P01", "53300", "55P03", "42P01", "25P02")
            .map(state -> wrapped(new SQLException("no", state))),
        Stream.of(wrapped(new SQLTransientConnectionException("pool")), wrapped(new InterruptedException()),
            wrapped(new jakarta.transaction.RollbackException("timeout")), new CancellationException(),
            wrapped(new OutOfMemoryError()), new JobDiscarded("gone"), new JobSnoozed(java.time.Duration.ZERO, "later"),
            new EmbedderUnavailable("away", new IllegalStateException())));
  }

  private static RuntimeException wrapped(Throwable cause) {
    return new IllegalStateException("It failed", cause);
  }

  @ParameterizedTest
  @MethodSource("failuresOfTheBatch")
  void anUnavailableDatabaseOrServerFailsTheBatch(RuntimeException failure) {
    assertThatThrownBy(() -> run(3, Set.of(1), () -> failure)).isSameAs(failure);
    assertThat(failed).isEmpty();
    assertThat(done).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"22021", "22P05", "23514", "54000", "21000", "XX001"})
  void refusedDataIsAFailureOfAnItem(String state) {
    run(3, Set.of(1), () -> wrapped(new SQLException("no", state)));
    assertThat(failed).containsExactly(1);
  }

  @Test
  void anInterruptFailsTheBatch() {
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(() -> run(3, Set.of(1), IllegalStateException::new)).isInstanceOf(IllegalStateException.class);
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
    assertThat(failed).isEmpty();
  }

  @Test
  void aCyclicCauseIsDescribedOnce() {
    var inner = new IllegalStateException("inner");
    var outer = new IllegalArgumentException("outer", inner);
    inner.initCause(outer);
    assertThat(FailureCause.isItem(outer)).isTrue();
    assertThat(FailureCause.describe(outer)).isEqualTo("IllegalArgumentException: outer\nIllegalStateException: inner");
  }
}
