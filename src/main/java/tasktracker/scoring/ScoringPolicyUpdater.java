package tasktracker.scoring;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.job.Jobs;
import tasktracker.platform.security.Audit;

/** Sees at each start whether thresholds or weights were changed, and then has the stored messages follow. */
@ApplicationScoped
public class ScoringPolicyUpdater {

  static final String RECLASSIFY = "reclassify:";

  private @Nullable ScoringPolicyStore store;
  private @Nullable ScoringConfig config;
  private @Nullable Jobs jobs;
  private @Nullable Audit audit;

  protected ScoringPolicyUpdater() {}

  @Inject
  public ScoringPolicyUpdater(ScoringPolicyStore store, ScoringConfig config, Jobs jobs, Audit audit) {
    this.store = store;
    this.config = config;
    this.jobs = jobs;
    this.audit = audit;
  }

  /** Of several servers that start at once with the same change, the first makes it. */
  @Transactional
  public void on(@Observes Startup event) {
    ScoringPolicy wanted = config.weighing();
    ScoringPolicyStore.InForce before = store.lock();
    if (!before.weighing().equals(wanted)) {
      long generation = before.generation() + 1;
      store.put(generation, wanted);
      jobs.enqueue(new ReclassifyMessages(generation), Jobs.Options.once(RECLASSIFY + generation));
      audit.record("scoring.thresholds_changed", "scoring", null, Map.of("before", before.weighing(), "after", wanted));
    }
  }
}
