package tasktracker.search;

import org.junit.jupiter.api.Test;
import tasktracker.harness.BenchmarkResult;
import tasktracker.platform.data.TestDatabase;

/**
 * Measures used memory and the longest of 20,000 searches in 100,000 messages, six of them of 200 kB, 1 MiB and 3 MB. Two
 * run at a time.
 */
class SearchMemoryBench {

  private static final int SEARCHES = Integer.getInteger("searches", 20_000);
  private static final int MESSAGES = Integer.getInteger("messages", 100_000);
  private static final int LIMIT_MS = 3000;

  @Test
  void memoryIsStableAndNoSearchExceedsItsLimit() {
    try (var schema = TestDatabase.create(); var product = SearchFixture.over(schema)) {
      SearchLoad load = new SearchLoad(product);
      load.storeMessages(MESSAGES, 2);
      load.search(200, 1, 2);
      SearchLoad.Measurement taken = load.search(SEARCHES, 10, 2);
      System.out.printf(
          "%d searches over %d messages: %d hits, p50 %.1f ms, longest %.1f ms, most allocated by one %.1f MiB, heap in use after each tenth %s MiB%n",
          SEARCHES, MESSAGES, taken.hits(), taken.medianMs(), taken.longestMs(), taken.mostAllocated() / 1048576.,
          taken.heap().stream().map(b -> b >> 20).toList());
      BenchmarkResult.ratio("longest search / SEARCH_TIMEOUT_MS", taken.longestMs() / LIMIT_MS).atMost(1);
      BenchmarkResult.ratio("heap in use after the last tenth / after the first", taken.heap().getLast() / (double) taken.heap().getFirst())
          .atMost(1.1);
    }
  }
}
