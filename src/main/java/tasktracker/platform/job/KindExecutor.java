package tasktracker.platform.job;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The places on this node in which one kind of job is performed, and the few that are leased ahead. */
final class KindExecutor {

  private record Waiting(ActiveRun run, long place) {}

  private final JobKind work;
  private final Executor threads;
  private final Consumer<ActiveRun> perform;
  private final Runnable onRoom;
  private final PrefetchEstimator estimator = new PrefetchEstimator();
  private final PriorityQueue<Waiting> waiting = new PriorityQueue<>(
      Comparator.<Waiting, Queue>comparing(w -> w.run().claim().line()).thenComparingLong(Waiting::place));
  private long places;
  private int busy;

  KindExecutor(JobKind work, Executor threads, Consumer<ActiveRun> perform, Runnable onRoom) {
    this.work = work;
    this.threads = threads;
    this.perform = perform;
    this.onRoom = onRoom;
  }

  JobKind work() {
    return work;
  }

  /**
   * How many more jobs of that queue this node may lease. Bulk leaves one lane free for the other queues, where there
   * is more than one. Nothing is leased ahead in drips: claims are cheaper by the hundred.
   */
  synchronized int room(Queue queue) {
    int executor = queue == Queue.BULK ? Math.max(1, work.concurrency() - 1) : work.concurrency();
    int ahead = estimator.ahead(work.concurrency());
    int inHand = busy + waiting.size();
    return inHand > executor + ahead / 2 ? 0 : Math.max(0, executor + ahead - inHand);
  }

  void add(ActiveRun run) {
    synchronized (this) {
      waiting.add(new Waiting(run, places++));
    }
    startLane();
  }

  private void startLane() {
    if (takeLane()) {
      threads.execute(this::performAll);
    }
  }

  private synchronized boolean takeLane() {
    boolean free = busy < work.concurrency() && !waiting.isEmpty();
    busy += free ? 1 : 0;
    return free;
  }

  private void performAll() {
    for (ActiveRun run = next(); run != null; run = next()) {
      long begin = System.nanoTime();
      perform.accept(run);
      estimator.took(System.nanoTime() - begin);
      if (run.isGivenUp()) {
        return; // the lane went to another thread
      }
      onRoom.run();
    }
  }

  private synchronized @Nullable ActiveRun next() {
    Waiting first = waiting.poll();
    if (first == null) {
      busy--;
    }
    return first == null ? null : first.run();
  }

  /** Frees the lane of a run that was given up; its thread finds out when it comes back. */
  void freeLane() {
    synchronized (this) {
      busy--;
    }
    startLane();
    onRoom.run();
  }

  synchronized List<ActiveRun> drain() {
    List<ActiveRun> drained = new ArrayList<>(waiting.stream().map(Waiting::run).toList());
    waiting.clear();
    return drained;
  }
}
