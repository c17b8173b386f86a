package tasktracker.project;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.data.Ids;
import tasktracker.platform.data.UniqueViolation;
import tasktracker.platform.job.Jobs;
import tasktracker.platform.live.EventPublisher;
import tasktracker.platform.live.LiveTopic;
import tasktracker.platform.security.audit.Audit;
import tasktracker.platform.web.LocalizedMessage;
import tasktracker.platform.web.problem.Problem;

/** The repository of projects; each method is one transaction. */
@ApplicationScoped
public class Projects {

  private static final String FIRST_VERSION = "1.0.0";
  private static final int MAX_PROJECTS = 500;
  private final ProjectStore store;
  private final Jobs jobs;
  private final Audit audit;
  private final EventPublisher live;
  private final Event<ProjectDeletion> deletions;
  private volatile Compiled compiled = new Compiled("", new ProjectMatcher(List.of()));

  /** The matcher of the projects whose rules are known by that text. */
  private record Compiled(String rules, ProjectMatcher matcher) {}

  /** The payload of the events about projects. */
  public record ProjectEvent(UUID id, String name, String version, boolean isActive) {}

  /** The payload of the event about a deleted project. */
  public record ProjectDeleted(UUID id) {}

  @Inject
  public Projects(ProjectStore store, Jobs jobs, Audit audit, EventPublisher live, Event<ProjectDeletion> deletions) {
    this.store = store;
    this.jobs = jobs;
    this.audit = audit;
    this.live = live;
    this.deletions = deletions;
  }

  /**
   * Recognises the present projects. Reads their rules in the caller's transaction, and compiles them again only after a
   * change.
   */
  public ProjectMatcher matcher() {
    String rules = store.rules();
    Compiled last = compiled;
    if (!rules.equals(last.rules())) {
      last = new Compiled(rules, new ProjectMatcher(store.findActive()));
      compiled = last;
    }
    return last.matcher();
  }

  /**
   * Creates a project. Its messages are found by a job.
   *
   * @throws Problem 409 when the name is taken or there are too many projects
   */
  @Transactional
  public UUID create(ProjectFields fields, String by) {
    if (store.count(null) >= MAX_PROJECTS) {
      throw Problem.conflict(LocalizedMessage.of("problem.project.many", MAX_PROJECTS));
    }
    UUID id = Ids.next();
    write(() -> store.insert(id, fields, FIRST_VERSION, by), fields.name());
    audit.record("project.created", "project", id, Map.of("name", fields.name()));
    live.publish(LiveTopic.Event.PROJECT_CREATED, new ProjectEvent(id, fields.name(), FIRST_VERSION, fields.isActive()));
    enqueueClassification();
    return id;
  }

  /**
   * Changes a project. A change of words or rules gives it the next minor version and classifies all messages again.
   *
   * @param seenRevision the revision that the caller saw; null for any
   * @throws Problem 404, 409 when the name is taken or the project was changed since
   */
  @Transactional
  public void change(UUID id, ProjectFields fields, @Nullable Integer seenRevision) {
    Project project = store.lock(id).orElseThrow(Projects::notFound);
    if (seenRevision != null && seenRevision != project.revision()) {
      throw Problem.conflict(LocalizedMessage.of("problem.project.stale"));
    }
    boolean hasOtherRules = fields.hasOtherRules(project.fields());
    boolean isRecognisedOtherwise = hasOtherRules || !fields.name().equals(project.fields().name())
        || fields.isActive() != project.fields().isActive();
    String version = hasOtherRules ? Project.bump(project.version()) : project.version();
    write(() -> store.update(id, fields, version, isRecognisedOtherwise), fields.name());
    audit.record("project.changed", "project", id, Map.of("name", fields.name(), "version", version));
    live.publish(LiveTopic.Event.PROJECT_UPDATED, new ProjectEvent(id, fields.name(), version, fields.isActive()));
    if (isRecognisedOtherwise) {
      enqueueClassification();
    }
  }

  private static void write(Runnable statement, String name) {
    try {
      statement.run();
    } catch (RuntimeException e) {
      throw UniqueViolation.isIn(e) ? Problem.conflict(LocalizedMessage.of("problem.project.exists", name)) : e;
    }
  }

  /** Deletes a project; its messages stay and belong to no project. @throws Problem 404, 409 while something needs it */
  @Transactional
  public void delete(UUID id) {
    Project project = store.lock(id).orElseThrow(Projects::notFound);
    deletions.fire(new ProjectDeletion(id));
    store.delete(id);
    audit.record("project.deleted", "project", id, Map.of("name", project.fields().name()));
    live.publish(LiveTopic.Event.PROJECT_DELETED, new ProjectDeleted(id));
    enqueueClassification();
  }

  private void enqueueClassification() {
    // Without a unique key: a job that runs may have passed messages by the former rules. It ends at its next batch.
    jobs.enqueue(new ClassifyByProject());
  }

  static Problem notFound() {
    return Problem.notFound(LocalizedMessage.of("problem.none.project"));
  }
}
