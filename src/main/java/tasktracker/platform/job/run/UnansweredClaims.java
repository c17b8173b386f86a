package tasktracker.platform.job.run;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Returns jobs to the queue that this node has claimed without receiving the answer, because the database stalled or the
 * connection broke after the commit of the claim. No worker runs such a job, and none was lost.
 *
 * <p>A job is returned when two checks in a row find it running under this incarnation of the node, the node never held
 * that attempt, and each claim that may have included it has ended. Attempts whose outcome could not be written are left
 * alone: their leases expire. Used only by the thread of {@link NodeMaintenance}.
 */
@ApplicationScoped
public class UnansweredClaims {

  private static final System.Logger LOG = System.getLogger(UnansweredClaims.class.getName());
  private final Leases leases;
  private final ActiveRuns activeRuns;
  private final WorkerPool workerPool;
  private final JobEventPublisher events;
  /** The first time, as of {@link ClaimsInFlight#now}, at which each attempt was found that this node does not hold. */
  private Map<Attempt, Long> seen = Map.of();

  private record Attempt(UUID job, int number) {}

  @Inject
  public UnansweredClaims(Leases leases, ActiveRuns activeRuns, WorkerPool workerPool, JobEventPublisher events) {
    this.leases = leases;
    this.activeRuns = activeRuns;
    this.workerPool = workerPool;
    this.events = events;
  }

  void returnToQueue() {
    List<Claim> running = leases.listRunning();
    long now = workerPool.claimsInFlight().now();
    activeRuns.retainAbandoned(running.stream().map(Claim::id).collect(Collectors.toSet()));
    Map<Attempt, Long> before = seen;
    seen = new HashMap<>();
    for (Claim claim : running) {
      Attempt attempt = new Attempt(claim.id(), claim.attempt());
      Long first = before.get(attempt);
      if (activeRuns.isKnown(claim)) {
        continue;
      } else if (first != null && !workerPool.claimsInFlight().hasOpenBefore(first)) {
        returnToQueue(claim);
      } else {
        seen.put(attempt, first == null ? now : first);
      }
    }
  }

  private void returnToQueue(Claim claim) {
    JobOutcome returned = JobOutcome.returned("The database did not answer the claim", Duration.ZERO);
    leases.finish(claim, returned).ifPresent(state -> {
      LOG.log(Level.INFO, "Job {0} ({1}) is {2}: the answer to its claim was lost", claim.id(), claim.kind(), state.wire());
      events.changed(claim, state, returned.reason());
    });
  }
}
