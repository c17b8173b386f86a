package tasktracker.platform.job.run;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** The attempts whose leases this node holds, from the claim until the outcome is written. Thread-safe. */
@ApplicationScoped
public class ActiveRuns {

  private final Map<UUID, ActiveRun> runs = new ConcurrentHashMap<>();
  /** Attempts by job whose outcome could not be written; their leases expire. */
  private final Map<UUID, Integer> abandoned = new ConcurrentHashMap<>();

  void add(ActiveRun run) {
    runs.put(run.jobId(), run);
  }

  void remove(ActiveRun run) {
    runs.remove(run.jobId(), run);
  }

  /** Stops holding an active attempt without knowing that its outcome was written. If it was not, its lease expires. */
  void abandon(ActiveRun run) {
    if (runs.get(run.jobId()) == run) {
      abandoned.put(run.jobId(), run.attempt());
      remove(run);
    }
  }

  /** Removes abandoned attempts of all jobs but these. */
  void retainAbandoned(Set<UUID> jobs) {
    abandoned.keySet().retainAll(jobs);
  }

  /** True when this node holds the attempt or has abandoned it. */
  boolean isKnown(Claim claim) {
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
