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

/** Every kind of job this release knows, each with its one handler. */
@ApplicationScoped
public class JobKinds {

  private final Map<String, JobKind> byName = new TreeMap<>();
  private final List<String> faults = new ArrayList<>();

  protected JobKinds() {}

  @Inject
  public JobKinds(@Any Instance<JobHandler<?>> handlers) {
    this(handlers.stream().toList());
  }

  JobKinds(Collection<? extends JobHandler<?>> handlers) {
    handlers.forEach(this::add);
  }

  private void add(JobHandler<?> handler) {
    JobKind work = JobKind.of(handler);
    JobKind other = byName.putIfAbsent(work.kind(), work);
    if (other != null) {
      faults.add("The kind " + work.kind() + " has two handlers, for " + other.handler().kind().getName() + " and for "
          + handler.kind().getName() + ". Remove one, or give one of the records another @Kind.");
    }
  }

  /**
   * Fails at the door when a kind has two handlers or none.
   *
   * @param declared every record that is a job
   * @throws IllegalStateException tells what to do
   */
  void check(Collection<Class<?>> declared) {
    List<String> all = new ArrayList<>(faults);
    for (Class<?> job : declared) {
      JobKind work = byName.get(JobKind.nameOf(job));
      if (work == null || work.handler().kind() != job) {
        all.add("The job " + job.getName() + " has no handler. Write a class that implements JobHandler<"
            + job.getSimpleName() + "> and is annotated @ApplicationScoped.");
      }
    }
    if (!all.isEmpty()) {
      throw new IllegalStateException("Task Tracker does not start: " + String.join(" ", new TreeSet<>(all)));
    }
  }

  /** What performs that job. */
  JobKind of(Job job) {
    JobKind work = of(JobKind.nameOf(job.getClass()));
    if (work.handler().kind() != job.getClass()) {
      throw new IllegalStateException("No handler for " + job.getClass().getName());
    }
    return work;
  }

  JobKind of(String kind) {
    JobKind work = byName.get(kind);
    if (work == null) {
      throw new IllegalStateException("No handler for jobs of kind " + kind);
    }
    return work;
  }

  /** The names of all kinds, in order. */
  public Set<String> names() {
    return byName.keySet();
  }

  Collection<JobKind> all() {
    return byName.values();
  }
}
