package tasktracker.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;

class ChatBulkheadTest {

  private final ChatBulkhead bulkhead = new ChatBulkhead();

  @Test
  void aFloodInOneChatDoesNotDelayOtherChats() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    Semaphore begun = new Semaphore(0);
    List<Future<?>> flood = new ArrayList<>();
    try (var threads = Executors.newFixedThreadPool(3 * ChatBulkhead.LIMIT)) {
      for (int i = 0; i < 3 * ChatBulkhead.LIMIT; i++) {
        flood.add(threads.submit(() -> bulkhead.run(1L, () -> hold(begun, end))));
      }
      begun.acquire(ChatBulkhead.LIMIT);
      bulkhead.run(2L, () -> assertThat(begun.availablePermits()).as("more of the flood than has room").isZero());
      bulkhead.run(null, () -> assertThat(end.getCount()).isEqualTo(1));
      end.countDown();
      for (Future<?> each : flood) {
        each.get();
      }
    }
    assertThat(begun.availablePermits()).as("those that waited").isEqualTo(2 * ChatBulkhead.LIMIT);
    assertThat(bulkhead.chats()).isZero();
  }

  private static void hold(Semaphore begun, CountDownLatch end) {
    begun.release();
    try {
      end.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void failedWorkReleasesItsPermit() {
    for (int i = 0; i < 2 * ChatBulkhead.LIMIT; i++) {
      assertThatThrownBy(() -> bulkhead.run(1L, () -> {
        throw new IllegalStateException("broken");
      })).hasMessage("broken");
    }
    assertThat(bulkhead.chats()).isZero();
  }
}
