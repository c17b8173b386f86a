package tasktracker.platform.job;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** The attempts whose leases this node holds: from their claim until the ledger knows how they ended. */
@ApplicationScoped
public class ActiveRuns {

  private final Map<UUID, ActiveRun> runs = new ConcurrentHashMap<>();

  void add(ActiveRun run) {
    runs.put(run.jobId(), run);
  }

  void remove(ActiveRun run) {
    runs.remove(run.jobId(), run);
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
