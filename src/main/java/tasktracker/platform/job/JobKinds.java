package tasktracker.platform.job;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The kinds of jobs of this release, each with its handler. */
@ApplicationScoped
public class JobKinds {

  private final Map<String, JobKind> byName = new TreeMap<>();
  private final List<String> problems = new ArrayList<>();

  @Inject
  public JobKinds(@Any Instance<JobHandler<?>> handlers) {
    this(handlers.stream().toList());
  }

  public JobKinds(Collection<? extends JobHandler<?>> handlers) {
    handlers.forEach(this::add);
  }

  private void add(JobHandler<?> handler) {
    JobKind jobKind = JobKind.of(handler);
    JobKind other = byName.putIfAbsent(jobKind.kind(), jobKind);
    if (other != null) {
      problems.add("The kind " + jobKind.kind() + " has two handlers, for " + other.handler().kind().getName() + " and for "
          + handler.kind().getName() + ". Remove one, or give one of the records another @Kind.");
    }
  }

  /**
   * Checks that each kind has exactly one handler.
   *
   * @param declared all records that implement {@link Job}
   * @throws IllegalStateException otherwise, saying what to do
   */
  public void check(Collection<Class<?>> declared) {
    List<String> all = new ArrayList<>(problems);
    for (Class<?> job : declared) {
      JobKind jobKind = byName.get(JobKind.nameOf(job));
      if (jobKind == null || jobKind.handler().kind() != job) {
        all.add("The job " + job.getName() + " has no handler. Write a class that implements JobHandler<"
            + job.getSimpleName() + "> and is annotated @ApplicationScoped.");
      }
    }
    if (!all.isEmpty()) {
      throw new IllegalStateException("Task Tracker does not start: " + String.join(" ", new TreeSet<>(all)));
    }
  }

  /** The kind of that job. */
  public JobKind of(Job job) {
    JobKind jobKind = of(JobKind.nameOf(job.getClass()));
    if (jobKind.handler().kind() != job.getClass()) {
      throw new IllegalStateException("No handler for " + job.getClass().getName());
    }
    return jobKind;
  }

  public JobKind of(String kind) {
    JobKind jobKind = byName.get(kind);
    if (jobKind == null) {
      throw new IllegalStateException("No handler for jobs of kind " + kind);
    }
    return jobKind;
  }

  /** The names of all kinds, sorted. */
  public Set<String> names() {
    return byName.keySet();
  }

  public Collection<JobKind> all() {
    return byName.values();
  }
}
