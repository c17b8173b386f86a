package tasktracker.llm.agent;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.data.Ids;
import tasktracker.platform.security.audit.Audit;
import tasktracker.platform.web.LocalizedMessage;
import tasktracker.platform.web.problem.Problem;

/** The tasks of agents, and which agents do them. */
@ApplicationScoped
public class TaskConfigs {

  private static final int ALL = 1000;

  private final AgentStore store;
  private final Agents agents;
  private final Audit audit;

  @Inject
  public TaskConfigs(AgentStore store, Agents agents, Audit audit) {
    this.store = store;
    this.agents = agents;
    this.audit = audit;
  }

  public List<TaskConfigItem> list(boolean isActiveOnly, int limit, int skip) {
    return store.tasks(isActiveOnly, limit, skip);
  }

  /** @throws Problem 404 */
  public TaskConfigItem get(UUID id) {
    return store.findTask(id).orElseThrow(() -> Problem.notFound(LocalizedMessage.of("problem.none.task")));
  }

  /** The assignments of an agent, a task, or all. */
  public List<AssignmentItem> assignments(boolean isActiveOnly, @Nullable UUID agent, @Nullable UUID task, int limit, int skip) {
    return store.assignments(isActiveOnly, agent, task, limit, skip);
  }

  /** @throws Problem 400 for an invalid schema, 409 when the name is taken, 422 when a value is not allowed */
  @Transactional
  public UUID create(@Nullable String name, @Nullable String description, @Nullable JsonObject schema, @Nullable Boolean isActive,
      String by) {
    UUID id = Ids.next();
    String checkedName = name(name, id);
    store.insertTask(id, checkedName, description(description), schema(schema), Objects.requireNonNullElse(isActive, true), by);
    audit.record("task_config.created", "task_config", id, Map.of("name", checkedName));
    return id;
  }

  private String name(@Nullable String name, UUID id) {
    String stripped = name == null ? "" : name.strip();
    if (stripped.isEmpty() || stripped.length() > 100) {
      throw Problem.unprocessable(LocalizedMessage.of("problem.task.name", 100));
    }
    store.findTask(stripped).filter(other -> !other.id().equals(id)).ifPresent(other -> {
      throw Problem.conflict(LocalizedMessage.of("problem.task.taken"));
    });
    return stripped;
  }

  private static String description(@Nullable String description) {
    String stripped = description == null ? "" : description.strip();
    if (stripped.length() > 2000) {
      throw Problem.unprocessable(LocalizedMessage.of("problem.agent.description", 2000));
    }
    return stripped;
  }

  private static JsonObject schema(@Nullable JsonObject schema) {
    if (schema == null) {
      throw Problem.badRequest(LocalizedMessage.of("problem.schema.object", ""));
    }
    return TaskSchema.check(schema);
  }

  /** Changes a task; null leaves a value as it is. The schema of a built-in task stays. @throws Problem as {@link #create}, 404 */
  @Transactional
  public void update(UUID id, @Nullable String name, @Nullable String description, @Nullable JsonObject schema,
      @Nullable Boolean isActive) {
    TaskConfigItem before = get(id);
    if (before.isBuiltin() && (schema != null && !schema.equals(before.responseSchema()) || name != null && !name.equals(before.name()))) {
      throw Problem.conflict(LocalizedMessage.of("problem.task.builtin"));
    }
    store.updateTask(id, name == null ? before.name() : name(name, id),
        description == null ? before.description() : description(description),
        schema == null ? before.responseSchema() : schema(schema), Objects.requireNonNullElse(isActive, before.isActive()));
    audit.record("task_config.changed", "task_config", id, Map.of("name", before.name()));
  }

  /** @throws Problem 404, or 409 when it is built in or agents do it; the message names them */
  @Transactional
  public void delete(UUID id) {
    TaskConfigItem task = get(id);
    if (task.isBuiltin()) {
      throw Problem.conflict(LocalizedMessage.of("problem.task.builtin"));
    }
    List<String> users = store.assignments(false, null, id, ALL, 0).stream().map(AssignmentItem::agentName).toList();
    if (!users.isEmpty()) {
      throw Problem.conflict(LocalizedMessage.of("problem.task.used", String.join(", ", users)));
    }
    store.deleteTask(id);
    audit.record("task_config.deleted", "task_config", id, Map.of("name", task.name()));
  }

  /** Has an agent do a task. @throws Problem 404, or 409 when it does already */
  @Transactional
  public AssignmentItem assign(UUID agent, UUID task, boolean isActive) {
    agents.get(agent);
    get(task);
    if (!store.assign(agent, task, isActive)) {
      throw Problem.conflict(LocalizedMessage.of("problem.assignment.taken"));
    }
    audit.record("agent.assigned", "agent", agent, Map.of("task_id", task.toString()));
    return store.assignments(false, agent, task, 1, 0).getFirst();
  }

  /** @throws Problem 404, or 409 for the assignment of the built-in analyst */
  @Transactional
  public void unassign(UUID agent, UUID task) {
    if (agents.get(agent).isBuiltin()) {
      throw Problem.conflict(LocalizedMessage.of("problem.agent.builtin"));
    }
    if (!store.unassign(agent, task)) {
      throw Problem.notFound(LocalizedMessage.of("problem.none.assignment"));
    }
    audit.record("agent.unassigned", "agent", agent, Map.of("task_id", task.toString()));
  }
}
