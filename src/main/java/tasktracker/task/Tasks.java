package tasktracker.task;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.data.Ids;
import tasktracker.platform.live.EventPublisher;
import tasktracker.platform.live.LiveTopic;
import tasktracker.platform.security.audit.Audit;
import tasktracker.platform.web.LocalizedMessage;
import tasktracker.platform.web.problem.Problem;
import tasktracker.task.analyst.TaskCategory;
import tasktracker.task.analyst.TaskPriority;

/** The repository of tasks; each method is one transaction, or joins the caller's. */
@ApplicationScoped
public class Tasks {

  /** The payload of the events about tasks. */
  public record TaskEvent(UUID id, String title, String status, String by) {}

  private final TaskStore store;
  private final Audit audit;
  private final EventPublisher live;
  private final Clock clock;

  @Inject
  public Tasks(TaskStore store, Audit audit, EventPublisher live, Clock clock) {
    this.store = store;
    this.audit = audit;
    this.live = live;
    this.clock = clock;
  }

  /**
   * Creates a task.
   *
   * @param parent the task that it is a part of, or null
   * @throws Problem 422 for an unknown person or project
   */
  @Transactional
  public UUID create(TaskFields fields, TaskStatus status, @Nullable UUID parent, String by) {
    requireKnown(fields);
    UUID id = Ids.next();
    store.insert(id, fields, status, parent, by, completedAt(status, null));
    store.insertChange(id, "created", Map.of(), Map.of("title", fields.title()), 1, by);
    audit.record("task.created", "task", id, Map.of("title", fields.title()));
    live.publish(LiveTopic.Event.TASK_CREATED, new TaskEvent(id, fields.title(), status.wire(), by));
    return id;
  }

  private @Nullable Instant completedAt(TaskStatus status, @Nullable Instant before) {
    if (TaskStatus.UNFINISHED.contains(status)) {
      return null;
    }
    return before == null ? clock.instant().truncatedTo(ChronoUnit.MICROS) : before;
  }

  /**
   * Changes a task.
   *
   * @param changes the new values by the names of {@link TaskFields#toMap}, and {@code status}; an empty text removes a value
   * @param seenRevision the revision that the caller saw; null for any
   * @throws Problem 404, 409 when it was changed since it was seen, 422 when a value is not allowed
   */
  @Transactional
  public TaskItem change(UUID id, Map<String, String> changes, @Nullable Integer seenRevision, String by) {
    TaskItem task = lock(id);
    if (seenRevision != null && seenRevision != task.revision()) {
      throw Problem.conflict(LocalizedMessage.of("problem.task.stale"));
    }
    return apply(task, changes, "edited", by);
  }

  private TaskItem apply(TaskItem task, Map<String, String> changes, String action, String by) {
    TaskFields before = fields(task);
    TaskFields fields = before.with(named(changes));
    requireKnown(fields);
    TaskStatus status = status(changes.getOrDefault("status", task.status()));
    Map<String, String> previous = values(before, task.status());
    Map<String, String> data = values(fields, status.wire());
    previous.entrySet().removeIf(entry -> entry.getValue().equals(data.get(entry.getKey())));
    data.keySet().retainAll(previous.keySet());
    if (data.isEmpty()) {
      return task;
    }
    store.update(task.id(), fields, status, completedAt(status, task.completedAt()));
    store.insertChange(task.id(), action, previous, data, task.revision() + 1, by);
    audit.record("task." + action, "task", task.id(), Map.of("fields", String.join(",", data.keySet())));
    live.publish(data.containsKey("status") ? LiveTopic.Event.TASK_STATUS_CHANGED : LiveTopic.Event.TASK_UPDATED,
        new TaskEvent(task.id(), fields.title(), status.wire(), by));
    return find(task.id());
  }

  /** The changes with the name of a new assignee. */
  public Map<String, String> named(Map<String, String> changes) {
    String id = changes.get("assignee_id");
    if (id == null || changes.containsKey("assignee_name")) {
      return changes;
    }
    UUID assignee = TaskFields.id(id);
    Map<String, String> named = new LinkedHashMap<>(changes);
    named.put("assignee_name", assignee == null ? "" : store.findPersonName(assignee).orElse(""));
    return named;
  }

  /** Whether there is such a person; people without messages are deleted with their import. */
  public boolean isKnownPerson(@Nullable UUID person) {
    return person != null && store.findPersonName(person).isPresent();
  }

  /** @throws Problem 422 for an unknown person or project */
  public void requireKnown(TaskFields fields) {
    UUID assignee = fields.assigneeId();
    if (assignee != null && store.findPersonName(assignee).isEmpty()) {
      throw Problem.unprocessable(LocalizedMessage.of("problem.task.person"));
    }
    UUID project = fields.projectId();
    if (project != null && !store.hasProject(project)) {
      throw Problem.unprocessable(LocalizedMessage.of("problem.none.project"));
    }
  }

  /** The fields of a task. */
  public static TaskFields fields(TaskItem task) {
    return new TaskFields(task.title(), task.description(), TaskPriority.of(task.priority()).orElseThrow(),
        TaskCategory.of(task.category()).orElseThrow(), task.tags(), task.projectId(), task.assigneeId(), task.assigneeName(),
        task.dueOn(), task.dueAt());
  }

  private static Map<String, String> values(TaskFields fields, String status) {
    Map<String, String> values = new LinkedHashMap<>(fields.toMap());
    values.put("status", status);
    return values;
  }

  /** @throws Problem 422 for a status that does not exist */
  public static TaskStatus status(String wire) {
    return TaskStatus.of(wire).orElseThrow(() -> Problem.unprocessable(LocalizedMessage.of("problem.task.status")));
  }

  /**
   * Undoes a change of fields.
   *
   * @throws Problem 404, 409 when the task was changed after it
   */
  @Transactional
  public TaskItem undo(UUID change, String by) {
    TaskStore.Change found = store.findChange(change).orElseThrow(() -> Problem.notFound(LocalizedMessage.of("problem.none.change")));
    TaskItem task = lock(found.taskId());
    if (found.undoneAt() != null) {
      return task;
    }
    if (!found.action().equals("edited") || found.revision() != task.revision()) {
      throw Problem.conflict(LocalizedMessage.of("problem.task.built_upon"));
    }
    store.markUndone(change);
    return apply(task, found.previous(), "undone", by);
  }

  /** Words of a further proposal now belong to the task. */
  @Transactional(TxType.MANDATORY)
  public void recordMerge(UUID id, String title, String by) {
    TaskItem task = lock(id);
    store.insertChange(id, "merged", Map.of(), Map.of("title", title), task.revision(), by);
    live.publish(LiveTopic.Event.TASK_UPDATED, new TaskEvent(id, task.title(), task.status(), by));
  }

  /**
   * Deletes a task that was created by a decision which is undone.
   *
   * @param check is given the task and its parts, which are locked, and throws when something else rests on them
   * @throws Problem 409 when the task or a part of it was changed since, or a part was added
   */
  @Transactional(TxType.MANDATORY)
  public void revoke(UUID id, Consumer<List<UUID>> check, String by) {
    List<UUID> tree = store.lockTree(id);
    TaskItem task = find(id);
    check.accept(tree);
    if (store.isBuiltUpon(id, tree)) {
      throw Problem.conflict(LocalizedMessage.of("problem.proposal.built_upon", task.title()));
    }
    store.delete(id);
    audit.record("task.revoked", "task", id, Map.of("title", task.title()));
    live.publish(LiveTopic.Event.TASK_DELETED, new TaskEvent(id, task.title(), task.status(), by));
  }

  /** Locks the task until the transaction ends. @throws Problem 404 */
  private TaskItem lock(UUID id) {
    return store.lock(id).orElseThrow(Tasks::notFound);
  }

  /** @throws Problem 404 */
  public TaskItem find(UUID id) {
    return store.find(id).orElseThrow(Tasks::notFound);
  }

  private static Problem notFound() {
    return Problem.notFound(LocalizedMessage.of("problem.task.none"));
  }
}
