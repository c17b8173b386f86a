package tasktracker.ops;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import tasktracker.platform.job.JobStore;
import tasktracker.platform.web.CachedValue;
import tasktracker.platform.web.template.PageVariables;

/** Job counts on every page: running jobs in the top bar, dead jobs in the menu. */
@ApplicationScoped
public class JobCountVariables implements PageVariables {

  private final CachedValue<Running> counts;

  @Inject
  public JobCountVariables(JobStore jobStore) {
    this.counts = new CachedValue<>(Running.of(0, 0), () -> Running.of(jobStore.counts()));
  }

  /** @param href path of the list of running jobs */
  public record Running(long count, long dead, String href) {

    private static Running of(JobStore.Counts counts) {
      return of(counts.running(), counts.dead());
    }

    private static Running of(long count, long dead) {
      return new Running(count, dead, "/system/jobs?state=running");
    }
  }

  @Override
  public void addTo(Map<String, Object> model) {
    model.put("running", current());
  }

  Running current() {
    return counts.get();
  }
}
