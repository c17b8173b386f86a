package tasktracker.search;

import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import tasktracker.harness.Growth;
import tasktracker.message.feed.MessageFilter;

/** Runs a series of searches over many messages, some of them of 200 kB, 1 MiB and 3 MB. */
final class SearchLoad {

  /**
   * The measurements of a series of searches.
   *
   * @param heap the used heap in bytes after garbage collection, after each part of the series
   * @param longestMs the duration of the longest search in milliseconds
   * @param mostAllocated the maximum number of bytes that a search allocated in its thread
   */
  record Measurement(List<Long> heap, double longestMs, double medianMs, long mostAllocated, long hits) {}

  private static final List<String> QUERIES = List.of("zorgle", "zorgle word7", "login page", "помилка", "v1.2.3", "+380671234567", "✅",
      "htksp", "reliz",
      "what did the team decide about the release?", "C++", "https://wiki.example.org/x", "note 77", "wi-fi", "зоргле", "1500грн");
  private final SearchFixture product;

  SearchLoad(SearchFixture product) {
    this.product = product;
  }

  /** Stores short messages and, for each length, long messages of one repeated word. */
  void storeMessages(int messages, int longOnes) {
    UUID kevin = product.messages().person("Kevin");
    UUID chat = product.messages().chat("Load");
    Instant start = Instant.parse("2026-03-02T09:00:00Z");
    Random random = new Random(7);
    for (int from = 0; from < messages; from += 1000) {
      List<String> texts = new ArrayList<>();
      for (int i = from; i < Math.min(messages, from + 1000); i++) {
        texts.add(text(random, i));
      }
      product.index(product.messages().say(kevin, chat, start.plusSeconds(from), texts));
    }
    for (int i = 0; i < longOnes; i++) {
      for (int times : new int[]{29_000, 149_000, 430_000}) {
        product.index(product.messages().say(kevin, chat, start.plusSeconds(i), List.of("zorgle ".repeat(times))));
      }
    }
    product.database().run(sql -> sql.execute("analyze"));
  }

  private static String text(Random random, int i) {
    return switch (random.nextInt(40)) {
      case 0 -> "note " + i + ": the login page is broken, word" + random.nextInt(5000);
      case 1 -> "помилка в міграції бази номер " + i + ", реліз у п'ятницю";
      case 2 -> "released v1." + random.nextInt(9) + "." + random.nextInt(9) + " ✅ " + i;
      case 3 -> "дзвони +380 (67) 123-45-" + (10 + random.nextInt(90)) + " або пиши";
      case 4 -> "see https://wiki.example.org/x/" + i + "?id=" + random.nextInt(100);
      case 5 -> "we write C++ and C#, word" + random.nextInt(5000) + " word" + random.nextInt(5000);
      case 6 -> "zorgle number " + i;
      case 7 -> "заплатив " + random.nextInt(3000) + "грн за wi-fi, word" + random.nextInt(5000);
      default -> "said word" + random.nextInt(5000) + " and word" + random.nextInt(50_000) + " to word" + random.nextInt(50_000) + ", " + i;
    };
  }

  /** Runs searches in parts of equal size. */
  Measurement search(int searches, int parts) {
    List<Long> heap = new ArrayList<>();
    List<Double> times = new ArrayList<>();
    long maxAllocated = 0;
    long hits = 0;
    for (int i = 0; i < searches; i++) {
      String query = QUERIES.get(i % QUERIES.size()) + (i % 3 == 0 ? " " + i : "");
      long[] found = new long[1];
      long started = System.nanoTime();
      maxAllocated = Math.max(maxAllocated,
          Growth.allocated(() -> found[0] = product.search().find(query, MessageFilter.ANY, 30).hits().size()));
      times.add((System.nanoTime() - started) / 1e6);
      hits += found[0];
      if ((i + 1) % (searches / parts) == 0) {
        heap.add(usedHeap());
        System.out.printf("%d searches: longest %.1f ms, %d MiB in use%n", i + 1, times.stream().mapToDouble(t -> t).max().orElse(0),
            heap.getLast() >> 20);
      }
    }
    times.sort(Double::compare);
    return new Measurement(heap, times.getLast(), times.get(times.size() / 2), maxAllocated, hits);
  }

  private static long usedHeap() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
