package tasktracker.platform.job;

import jakarta.annotation.Priority;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Shutdown;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The working life of this server: checks what it can do, starts its loops, and lets work end before it stops. */
@ApplicationScoped
public class NodeLifecycle {

  private static final System.Logger LOG = System.getLogger(NodeLifecycle.class.getName());
  private static final Duration TO_FINISH = Duration.ofSeconds(8);
  private static final Duration TO_SETTLE = Duration.ofSeconds(3);

  /** Threads of our own with the container's context: those of the server's pool are for requests. */
  @Resource(lookup = "java:comp/DefaultManagedThreadFactory")
  private @Nullable ManagedThreadFactory threads;
  @Inject private @Nullable Event<ApplicationStarted> atWork;

  private @Nullable ExecutorService pool;
  private final List<Future<?>> loops = new CopyOnWriteArrayList<>();
  private final NodeIdentity identity;
  private final JobKinds kinds;
  private final WorkerPool workers;
  private final ActiveRuns activeRuns;
  private final CompletionWriter completions;
  private final JobNotifier notifier;
  private final Leases leases;
  private final NodeMaintenance maintenance;

  @SuppressWarnings("NullAway")
  protected NodeLifecycle() {
    this(null, null, null, null, null, null, null, null); // for the container's proxy
  }

  @Inject
  public NodeLifecycle(NodeIdentity identity, JobKinds kinds, WorkerPool workers, ActiveRuns activeRuns, CompletionWriter completions, JobNotifier notifier,
      Leases leases, NodeMaintenance maintenance) {
    this.identity = identity;
    this.kinds = kinds;
    this.workers = workers;
    this.activeRuns = activeRuns;
    this.completions = completions;
    this.notifier = notifier;
    this.leases = leases;
    this.maintenance = maintenance;
  }

  void start(@Observes @Priority(Interceptor.Priority.LIBRARY_AFTER) Startup event) {
    kinds.check(DeclaredJobs.find());
    start(Executors.newCachedThreadPool(threads));
    atWork.fireAsync(new ApplicationStarted()).exceptionally(this::tell);
  }

  private @Nullable ApplicationStarted tell(Throwable failure) {
    LOG.log(Level.ERROR, "Not all that should be done from now on was begun; the next start tries again", failure);
    return null;
  }

  void start(ExecutorService pool) {
    this.pool = pool;
    if (identity.isWorker()) {
      workers.open(pool);
      loops.add(pool.submit(completions::work));
    }
    loops.add(pool.submit(() -> maintenance.beat(() -> startWork())));
    LOG.log(Level.INFO, "Node {0} ({1}) performs {2}", identity.name(), identity.roles(),
        identity.isWorker() ? kinds.names() : "no jobs");
  }

  /** Begins to lease jobs, once those of an earlier life of this node have been given back. */
  private void startWork() {
    if (identity.isWorker()) {
      for (Queue queue : Queue.values()) {
        loops.add(pool.submit(new Dispatcher(queue, identity.name(), notifier, leases, workers)));
      }
      loops.add(pool.submit(new SuspectDispatcher(identity.name(), leases, workers, activeRuns)));
    }
  }

  void stop(@Observes Shutdown event) {
    stop();
  }

  void stop() {
    if (pool == null) {
      return; // the server never got so far
    }
    workers.close();
    loops.stream().skip(identity.isWorker() ? 1 : 0).forEach(loop -> loop.cancel(true));
    if (!isIdleWithin(TO_FINISH)) {
      workers.clear();
      isIdleWithin(TO_SETTLE);
    }
    loops.forEach(loop -> loop.cancel(true));
    maintenance.sayGoodbye();
    pool.shutdownNow();
    LOG.log(Level.INFO, "Node {0} has stopped working; {1} jobs are left to the reaper", identity.name(), activeRuns.all().size());
  }

  private boolean isIdleWithin(Duration time) {
    long until = System.nanoTime() + time.toNanos();
    while (!activeRuns.isEmpty() && System.nanoTime() < until) {
      try {
        TimeUnit.MILLISECONDS.sleep(50);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
    return activeRuns.isEmpty();
  }
}
