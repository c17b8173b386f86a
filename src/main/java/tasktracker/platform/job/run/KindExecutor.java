package tasktracker.platform.job.run;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.job.JobKind;
import tasktracker.platform.job.Queue;

/** Runs the jobs of one kind on this node: as many at a time as the kind's concurrency, and some more prefetched. Thread-safe. */
final class KindExecutor {

  private record Prefetched(ActiveRun run, long sequence) {}

  private final JobKind kind;
  private final Executor threads;
  private final Consumer<ActiveRun> runner;
  private final Runnable onCapacity;
  private final PrefetchEstimator estimator = new PrefetchEstimator();
  private final PriorityQueue<Prefetched> prefetched = new PriorityQueue<>(
      Comparator.<Prefetched, Queue>comparing(w -> w.run().claim().line()).thenComparingLong(Prefetched::sequence));
  private long nextSequence;
  private int running;

  KindExecutor(JobKind kind, Executor threads, Consumer<ActiveRun> runner, Runnable onCapacity) {
    this.kind = kind;
    this.threads = threads;
    this.runner = runner;
    this.onCapacity = onCapacity;
  }

  JobKind kind() {
    return kind;
  }

  /**
   * How many more jobs of that queue this node may claim. The bulk queue leaves one slot to the other queues where there
   * is more than one. Prefetched jobs are claimed only after half of them have run, because large claims are cheaper.
   */
  synchronized int capacity(Queue queue) {
    int slots = queue == Queue.BULK ? Math.max(1, kind.concurrency() - 1) : kind.concurrency();
    int prefetch = estimator.prefetchCount(kind.concurrency());
    int held = running + prefetched.size();
    return held > slots + prefetch / 2 ? 0 : Math.max(0, slots + prefetch - held);
  }

  void add(ActiveRun run) {
    synchronized (this) {
      prefetched.add(new Prefetched(run, nextSequence++));
    }
    startThread();
  }

  private void startThread() {
    if (acquireSlot()) {
      threads.execute(this::runAll);
    }
  }

  private synchronized boolean acquireSlot() {
    boolean free = running < kind.concurrency() && !prefetched.isEmpty();
    running += free ? 1 : 0;
    return free;
  }

  private void runAll() {
    for (ActiveRun run = next(); run != null; run = next()) {
      long startNs = System.nanoTime();
      runner.accept(run);
      estimator.record(System.nanoTime() - startNs);
      if (run.isAborted()) {
        return; // releaseSlot() has given the slot to another thread
      }
      onCapacity.run();
    }
  }

  private synchronized @Nullable ActiveRun next() {
    Prefetched first = prefetched.poll();
    if (first == null) {
      running--;
    }
    return first == null ? null : first.run();
  }

  /** Releases the slot of a run that was aborted. Its thread ends when the handler returns. */
  void releaseSlot() {
    synchronized (this) {
      running--;
    }
    startThread();
    onCapacity.run();
  }

  synchronized List<ActiveRun> drain() {
    List<ActiveRun> drained = new ArrayList<>(prefetched.stream().map(Prefetched::run).toList());
    prefetched.clear();
    return drained;
  }
}
