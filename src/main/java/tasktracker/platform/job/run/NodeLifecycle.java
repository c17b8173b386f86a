package tasktracker.platform.job.run;

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
import tasktracker.platform.job.ApplicationStarted;
import tasktracker.platform.job.DeclaredJobs;
import tasktracker.platform.job.JobKinds;
import tasktracker.platform.job.Queue;

/** Starts and stops the job engine of this node. It checks the handlers, starts the loops, and drains running jobs at shutdown. */
@ApplicationScoped
public class NodeLifecycle {

  private static final System.Logger LOG = System.getLogger(NodeLifecycle.class.getName());
  private static final Duration DRAIN_TIMEOUT = Duration.ofSeconds(8);
  private static final Duration RETURN_TIMEOUT = Duration.ofSeconds(3);

  /** Separate threads with the container's context, because the threads of the server's pool are for requests. */
  @Resource(lookup = "java:comp/DefaultManagedThreadFactory") private ManagedThreadFactory threads;
  @Inject private Event<ApplicationStarted> applicationStarted;

  private @Nullable ExecutorService pool;
  private final List<Future<?>> loops = new CopyOnWriteArrayList<>();
  private final NodeIdentity identity;
  private final JobKinds kinds;
  private final WorkerPool workerPool;
  private final ActiveRuns activeRuns;
  private final CompletionWriter completions;
  private final JobNotifier notifier;
  private final Leases leases;
  private final NodeMaintenance maintenance;

  @Inject
  public NodeLifecycle(NodeIdentity identity, JobKinds kinds, WorkerPool workerPool, ActiveRuns activeRuns, CompletionWriter completions,
      JobNotifier notifier,
      Leases leases, NodeMaintenance maintenance) {
    this.identity = identity;
    this.kinds = kinds;
    this.workerPool = workerPool;
    this.activeRuns = activeRuns;
    this.completions = completions;
    this.notifier = notifier;
    this.leases = leases;
    this.maintenance = maintenance;
  }

  void start(@Observes @Priority(Interceptor.Priority.LIBRARY_AFTER) Startup event) {
    kinds.check(DeclaredJobs.find());
    start(Executors.newCachedThreadPool(threads));
    applicationStarted.fireAsync(new ApplicationStarted()).exceptionally(this::logFailure);
  }

  private @Nullable ApplicationStarted logFailure(Throwable failure) {
    LOG.log(Level.ERROR, "An observer of ApplicationStarted failed; it is called again at the next start", failure);
    return null;
  }

  void start(ExecutorService pool) {
    this.pool = pool;
    if (identity.isWorker()) {
      workerPool.open(pool);
      loops.add(pool.submit(completions::runLoop));
    }
    loops.add(pool.submit(() -> maintenance.runLoop(() -> startDispatchers(pool))));
    LOG.log(Level.INFO, "Node {0} ({1}) started; handlers: {2}", identity.name(), identity.roles(),
        identity.isWorker() ? kinds.names() : "no jobs");
  }

  /** Starts to claim jobs, after those of an earlier incarnation of this node were returned to the queue. */
  private void startDispatchers(ExecutorService pool) {
    if (identity.isWorker()) {
      for (Queue queue : Queue.values()) {
        loops.add(pool.submit(new Dispatcher(queue, identity.name(), notifier, leases, workerPool)));
      }
      loops.add(pool.submit(new SuspectDispatcher(identity.name(), leases, workerPool, activeRuns)));
    }
  }

  void stop(@Observes Shutdown event) {
    stop();
  }

  void stop() {
    if (pool == null) {
      return; // the engine was not started
    }
    workerPool.close();
    loops.stream().skip(identity.isWorker() ? 1 : 0).forEach(loop -> loop.cancel(true));
    if (!isIdleWithin(DRAIN_TIMEOUT)) {
      workerPool.returnUnfinished();
      isIdleWithin(RETURN_TIMEOUT);
    }
    loops.forEach(loop -> loop.cancel(true));
    maintenance.deregister();
    pool.shutdownNow();
    LOG.log(Level.INFO, "Node {0} has stopped; the leases of {1} jobs will expire", identity.name(), activeRuns.all().size());
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
