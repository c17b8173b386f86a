package tasktracker.scoring.policy;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.Map;
import tasktracker.platform.job.Jobs;
import tasktracker.platform.security.audit.Audit;

/** Checks at each start whether thresholds or weights have changed, and enqueues a job that reclassifies stored messages. */
@ApplicationScoped
public class ScoringPolicyUpdater {

  static final String RECLASSIFY_KEY = "reclassify:";

  private final ScoringPolicyStore store;
  private final ScoringConfig config;
  private final Jobs jobs;
  private final Audit audit;

  @Inject
  public ScoringPolicyUpdater(ScoringPolicyStore store, ScoringConfig config, Jobs jobs, Audit audit) {
    this.store = store;
    this.config = config;
    this.jobs = jobs;
    this.audit = audit;
  }

  /** If several servers start at the same time with the same change, only the first applies it. */
  @Transactional
  public void on(@Observes Startup event) {
    ScoringPolicy configured = config.policy();
    ScoringPolicyStore.CurrentPolicy current = store.lock();
    if (!current.policy().equals(configured)) {
      long generation = current.generation() + 1;
      store.save(generation, configured);
      jobs.enqueue(new ReclassifyMessages(generation), Jobs.Options.once(RECLASSIFY_KEY + generation));
      audit.record("scoring.thresholds_changed", "scoring", null, Map.of("before", current.policy(), "after", configured));
    }
  }
}
