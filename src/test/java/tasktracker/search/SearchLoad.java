package tasktracker.search;

import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
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

  /** Runs searches one after another, in parts of equal size. */
  Measurement search(int searches, int parts) {
    return search(searches, parts, 1);
  }

  /** Runs searches in parts of equal size, several at a time; the heap is measured while none runs. */
  Measurement search(int searches, int parts, int threads) {
    List<Long> heap = new ArrayList<>();
    List<Sample> samples = new ArrayList<>();
    try (ExecutorService workers = Executors.newFixedThreadPool(threads)) {
      for (int part = 0; part < parts; part++) {
        List<Callable<Sample>> tasks = IntStream.range(searches / parts * part, searches / parts * (part + 1))
            .mapToObj(i -> (Callable<Sample>) () -> search(i)).toList();
        workers.invokeAll(tasks).forEach(done -> samples.add(done.resultNow()));
        heap.add(usedHeap());
        System.out.printf("%d searches: longest %.1f ms, %d MiB in use%n", samples.size(),
            samples.stream().mapToDouble(Sample::ms).max().orElse(0), heap.getLast() >> 20);
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    double[] times = samples.stream().mapToDouble(Sample::ms).sorted().toArray();
    return new Measurement(heap, times[times.length - 1], times[times.length / 2],
        samples.stream().mapToLong(Sample::allocated).max().orElse(0), samples.stream().mapToLong(Sample::hits).sum());
  }

  /** One search, and the bytes that its thread allocated. */
  private record Sample(double ms, long allocated, long hits) {}

  private Sample search(int i) {
    String query = QUERIES.get(i % QUERIES.size()) + (i % 3 == 0 ? " " + i : "");
    long[] found = new long[1];
    long started = System.nanoTime();
    long allocated = Growth.allocated(() -> found[0] = product.search().find(query, MessageFilter.ANY, 30).hits().size());
    return new Sample((System.nanoTime() - started) / 1e6, allocated, found[0]);
  }

  private static long usedHeap() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
