package tasktracker.search;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import tasktracker.platform.data.TestDatabase;

/** Searches keep nothing in memory. */
@Isolated("the used heap is that of the whole JVM, and other tests would change it")
class SearchMemoryIT {

  private static final long MEBIBYTE = 1 << 20;

  @Test
  void memoryIsStableOverSearchesInLongMessages() {
    try (var schema = TestDatabase.create(); var product = SearchFixture.over(schema)) {
      SearchLoad load = new SearchLoad(product);
      load.storeMessages(2000, 2);
      load.search(60, 1);
      SearchLoad.Measurement taken = load.search(300, 3);
      assertThat(taken.hits()).isPositive();
      assertThat(taken.heap().getLast() - taken.heap().getFirst()).as("bytes in use %s", taken.heap()).isLessThan(16 * MEBIBYTE);
      assertThat(taken.mostAllocated()).isLessThan(200 * MEBIBYTE);
    }
  }
}
