package tasktracker.platform.job;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** The attempts whose leases this node holds: from their claim until the ledger knows how they ended. */
@ApplicationScoped
public class ActiveRuns {

  private final Map<UUID, ActiveRun> runs = new ConcurrentHashMap<>();
  /** The attempts, by job, that are activeRuns no longer although the ledger may not know how they ended. */
  private final Map<UUID, Integer> abandoned = new ConcurrentHashMap<>();

  void add(ActiveRun run) {
    runs.put(run.jobId(), run);
  }

  void remove(ActiveRun run) {
    runs.remove(run.jobId(), run);
  }

  /** Holds the attempt no longer, if it is activeRuns; when the ledger does not know its end, its lease runs out. */
  void abandon(ActiveRun run) {
    if (runs.get(run.jobId()) == run) {
      abandoned.put(run.jobId(), run.attempt());
      remove(run);
    }
  }

  /** Forgets abandoned attempts of jobs that are not among these. */
  void retainAbandoned(Set<UUID> jobs) {
    abandoned.keySet().retainAll(jobs);
  }

  /** Whether this node holds the attempt, or has activeRuns it. */
  boolean knows(Claim claim) {
    ActiveRun run = runs.get(claim.id());
    return run != null && run.attempt() == claim.attempt() || abandoned.getOrDefault(claim.id(), 0) == claim.attempt();
  }

  Optional<ActiveRun> find(UUID job) {
    return Optional.ofNullable(runs.get(job));
  }

  Collection<ActiveRun> all() {
    return runs.values();
  }

  boolean hasSuspect() {
    return runs.values().stream().anyMatch(run -> run.claim().isSuspect());
  }

  int size() {
    return runs.size();
  }

  boolean isEmpty() {
    return runs.isEmpty();
  }
}
