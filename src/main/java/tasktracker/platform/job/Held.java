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
public class Held {

  private final Map<UUID, Run> runs = new ConcurrentHashMap<>();
  /** The attempts, by job, that are held no longer although the ledger may not know how they ended. */
  private final Map<UUID, Integer> abandoned = new ConcurrentHashMap<>();

  void add(Run run) {
    runs.put(run.jobId(), run);
  }

  void remove(Run run) {
    runs.remove(run.jobId(), run);
  }

  /** Holds the attempt no longer, if it is held; when the ledger does not know its end, its lease runs out. */
  void abandon(Run run) {
    if (runs.get(run.jobId()) == run) {
      abandoned.put(run.jobId(), run.attempt());
      remove(run);
    }
  }

  /** Forgets abandoned attempts of jobs that are not among these. */
  void retainAbandoned(Set<UUID> jobs) {
    abandoned.keySet().retainAll(jobs);
  }

  /** Whether this node holds the attempt, or has held it. */
  boolean knows(Claim claim) {
    Run run = runs.get(claim.id());
    return run != null && run.attempt() == claim.attempt() || abandoned.getOrDefault(claim.id(), 0) == claim.attempt();
  }

  Optional<Run> find(UUID job) {
    return Optional.ofNullable(runs.get(job));
  }

  Collection<Run> all() {
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
