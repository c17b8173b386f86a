package tasktracker.platform.security.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tasktracker.harness.Await;
import tasktracker.platform.web.problem.Problem;

class BulkheadTest {

  private static final Duration LONG = Duration.ofMinutes(1);

  @Test
  void aCallBeyondTheQueueIsRefusedWithRetryAfter() throws Exception {
    var queue = new Bulkhead(1, 2, LONG);
    var end = new CountDownLatch(1);
    var entered = new AtomicInteger();
    try (ExecutorService people = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Integer>> waiting = IntStream.range(0, 3).mapToObj(i -> people.submit(() -> queue.run(() -> hash(entered, end))))
          .toList();
      Await.until("the places are taken", Duration.ofSeconds(20), () -> queue.inUse() == 3);
      assertThat(entered).as("in work at once").hasValue(1);
      assertThatThrownBy(() -> queue.run(() -> 1)).satisfies(BulkheadTest::isComeBackLater);
      end.countDown();
      for (Future<Integer> done : waiting) {
        done.get();
      }
    }
    assertThat(queue.run(() -> 1)).isEqualTo(1);
  }

  private static int hash(AtomicInteger entered, CountDownLatch end) {
    try {
      entered.incrementAndGet();
      end.await();
      return 1;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void isComeBackLater(Throwable refused) {
    assertThat(((Problem) refused).status()).isEqualTo(503);
    assertThat(((Problem) refused).retryAfterSeconds()).isPositive();
  }

  @Test
  void aCallThatWaitsTooLongIsRefused() throws Exception {
    var queue = new Bulkhead(1, 1, Duration.ofMillis(20));
    var end = new CountDownLatch(1);
    var entered = new AtomicInteger();
    try (ExecutorService people = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Integer> slow = people.submit(() -> queue.run(() -> hash(entered, end)));
      Await.until("one is in work", Duration.ofSeconds(20), () -> entered.get() == 1);
      assertThatThrownBy(() -> queue.run(() -> 1)).satisfies(BulkheadTest::isComeBackLater);
      assertThat(queue.inUse()).isEqualTo(1);
      end.countDown();
      slow.get();
    }
  }

  @Test
  void aFailedCallReleasesItsPermit() {
    var queue = new Bulkhead(1, 0, LONG);
    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(() -> queue.run(() -> {
        throw new IllegalStateException("broken");
      })).hasMessage("broken");
    }
    assertThat(queue.inUse()).isZero();
  }
}
