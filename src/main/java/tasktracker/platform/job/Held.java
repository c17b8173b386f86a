package tasktracker.platform.job;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** The attempts whose leases this node holds: from their claim until the ledger knows how they ended. */
@ApplicationScoped
public class Held {

  private final Map<UUID, Run> runs = new ConcurrentHashMap<>();

  void add(Run run) {
    runs.put(run.jobId(), run);
  }

  void remove(Run run) {
    runs.remove(run.jobId(), run);
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
