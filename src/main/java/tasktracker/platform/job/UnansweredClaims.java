package tasktracker.platform.job;

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
 * Gives back jobs that this node has claimed without learning of it: the database froze, or the connection broke,
 * between the commit of the claim and its answer. Nobody performs such a job, and no worker was lost with it.
 *
 * <p>A job is given back when it was running in two looks in a row, under this start of this server, when the node never
 * held that attempt, and when each claim that may have taken it has ended. Attempts whose end could not be written are
 * none of these: their leases run out. Used by the one thread of {@link NodeMaintenance}.
 */
@ApplicationScoped
public class UnansweredClaims {

  private static final System.Logger LOG = System.getLogger(UnansweredClaims.class.getName());
  private final Leases leases;
  private final ActiveRuns activeRuns;
  private final WorkerPool workers;
  private final JobEventPublisher news;
  /** When each attempt that nobody here holds was seen first, as {@link ClaimsInFlight#now}. */
  private Map<Attempt, Long> seen = Map.of();

  private record Attempt(UUID job, int number) {}

  @SuppressWarnings("NullAway")
  protected UnansweredClaims() {
    this(null, null, null, null); // for the container's proxy
  }

  @Inject
  public UnansweredClaims(Leases leases, ActiveRuns activeRuns, WorkerPool workers, JobEventPublisher news) {
    this.leases = leases;
    this.activeRuns = activeRuns;
    this.workers = workers;
    this.news = news;
  }

  void giveBack() {
    List<Claim> running = leases.running();
    long now = workers.claimsInFlight().now();
    activeRuns.retainAbandoned(running.stream().map(Claim::id).collect(Collectors.toSet()));
    Map<Attempt, Long> before = seen;
    seen = new HashMap<>();
    for (Claim claim : running) {
      Attempt attempt = new Attempt(claim.id(), claim.attempt());
      Long first = before.get(attempt);
      if (activeRuns.knows(claim)) {
        continue;
      } else if (first != null && !workers.claimsInFlight().hasOpenBefore(first)) {
        giveBack(claim);
      } else {
        seen.put(attempt, first == null ? now : first);
      }
    }
  }

  private void giveBack(Claim claim) {
    JobOutcome returned = JobOutcome.returned("The database did not answer the claim", Duration.ZERO);
    String state = leases.settle(claim, returned);
    if (!state.isEmpty()) {
      LOG.log(Level.INFO, "Job {0} ({1}) is {2}: its claim was not answered", claim.id(), claim.kind(), state);
      news.changed(claim, state, returned.reason());
    }
  }
}
