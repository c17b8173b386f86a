package tasktracker.scoring.policy;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.job.Jobs;
import tasktracker.platform.security.audit.Audit;
import tasktracker.platform.web.LocalizedMessage;
import tasktracker.platform.web.problem.Problem;

/**
 * Changes thresholds and weights, and enqueues a job that reclassifies stored messages. The environment gives the first
 * policy, and a start with other settings replaces it; a policy that an administrator saved stands until another is saved
 * or it is reset to the environment.
 */
@ApplicationScoped
public class ScoringPolicyUpdater {

  static final String RECLASSIFY_KEY = "reclassify:";
  private static final int MAX_HISTORY = 20;
  /** Longer than it takes to score a batch, so that messages that are scored by the former policy are reclassified too. */
  private static final Duration BATCH_TIME = Duration.ofSeconds(10);

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
    PolicyVersion current = store.lock();
    if (!current.isSaved() && !current.policy().equals(config.environment())) {
      change(current, config.environment(), PolicyVersion.ENVIRONMENT, null, Duration.ZERO);
    }
  }

  /** The latest policies, the current one first. */
  public List<PolicyVersion> history() {
    return store.list(MAX_HISTORY);
  }

  /**
   * Saves a policy, which then stands above the environment.
   *
   * @param seen the generation that the administrator has seen
   * @throws Problem 409 when somebody else has changed it since
   */
  @Transactional
  public void save(ScoringPolicy policy, long seen, String actor) {
    PolicyVersion current = lock(seen);
    if (!current.isSaved() || !current.policy().equals(policy)) {
      change(current, policy, PolicyVersion.SAVED, actor, BATCH_TIME);
    }
  }

  /**
   * Saves a former policy again.
   *
   * @throws Problem 404 when there is none of that generation, 409 when somebody else has changed it since
   */
  @Transactional
  public void restore(long generation, long seen, String actor) {
    PolicyVersion former = store.find(generation).orElseThrow(() -> Problem.notFound(LocalizedMessage.of("problem.none.policy")));
    save(former.policy(), seen, actor);
  }

  /**
   * Applies the policy of the environment, which then follows its settings again.
   *
   * @throws Problem 409 when somebody else has changed it since
   */
  @Transactional
  public void reset(long seen, String actor) {
    PolicyVersion current = lock(seen);
    if (current.isSaved()) {
      change(current, config.environment(), PolicyVersion.ENVIRONMENT, actor, BATCH_TIME);
    }
  }

  private PolicyVersion lock(long seen) {
    PolicyVersion current = store.lock();
    if (current.generation() != seen) {
      throw Problem.conflict(LocalizedMessage.of("problem.policy.changed"));
    }
    return current;
  }

  private void change(PolicyVersion current, ScoringPolicy policy, String origin, @Nullable String actor, Duration delay) {
    long generation = current.generation() + 1;
    store.save(generation, policy, origin, actor);
    if (!policy.equals(current.policy())) {
      jobs.enqueue(new ReclassifyMessages(generation), Jobs.Options.once(RECLASSIFY_KEY + generation).after(delay));
    }
    audit.record("scoring.thresholds_changed", "scoring", generation,
        Map.of("before", current.policy(), "after", policy, "origin", origin));
  }
}
