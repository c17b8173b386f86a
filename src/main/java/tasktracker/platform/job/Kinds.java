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
public class Kinds {

  private final Map<String, Work> byName = new TreeMap<>();
  private final List<String> faults = new ArrayList<>();

  protected Kinds() {}

  @Inject
  public Kinds(@Any Instance<JobHandler<?>> handlers) {
    this(handlers.stream().toList());
  }

  Kinds(Collection<? extends JobHandler<?>> handlers) {
    handlers.forEach(this::add);
  }

  private void add(JobHandler<?> handler) {
    Work work = Work.of(handler);
    Work other = byName.putIfAbsent(work.kind(), work);
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
      Work work = byName.get(Work.nameOf(job));
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
  Work of(Job job) {
    Work work = of(Work.nameOf(job.getClass()));
    if (work.handler().kind() != job.getClass()) {
      throw new IllegalStateException("No handler for " + job.getClass().getName());
    }
    return work;
  }

  Work of(String kind) {
    Work work = byName.get(kind);
    if (work == null) {
      throw new IllegalStateException("No handler for jobs of kind " + kind);
    }
    return work;
  }

  /** The names of all kinds, in order. */
  public Set<String> names() {
    return byName.keySet();
  }

  Collection<Work> all() {
    return byName.values();
  }
}
