package tasktracker.task;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.data.Database;
import tasktracker.platform.data.Ids;
import tasktracker.platform.web.json.Json;

/** SQL statements about tasks. All join the caller's transaction. */
@ApplicationScoped
public class TaskStore {

  /** How a list is sorted. */
  public static final Map<String, String> ORDERS = Map.of("newest", "t.created_at desc, t.id desc", "oldest", "t.created_at, t.id", "due",
      "t.due_on nulls last, t.id");
  /** Above this number, counts say "more than". */
  public static final int COUNT_LIMIT = 10_000;
  private static final int MAX_PARTS = 200;
  private static final int MAX_CHANGES = 200;

  private final Database database;

  @Inject
  public TaskStore(Database database) {
    this.database = database;
  }

  public Optional<TaskItem> find(UUID id) {
    return database
        .ask(sql -> sql.createQuery(TaskItem.SELECT + "where t.id = :id").bind("id", id).map(Database.to(TaskItem.Row.class)).findOne())
        .map(TaskItem.Row::item);
  }

  /** Finds and locks the task. */
  Optional<TaskItem> lock(UUID id) {
    return database.ask(sql -> sql.createQuery(TaskItem.SELECT + "where t.id = :id for no key update of t").bind("id", id)
        .map(Database.to(TaskItem.Row.class)).findOne()).map(TaskItem.Row::item);
  }

  /**
   * Lists tasks.
   *
   * @param order a key of {@link #ORDERS}
   */
  public List<TaskItem> list(TaskFilter filter, String order, int limit, int skip) {
    return database.ask(sql -> sql.createQuery(TaskItem.SELECT + "where " + filter.condition() + " order by " + ORDERS.get(order)
        + " limit :limit offset :skip").bindMap(filter.values()).bind("limit", limit).bind("skip", skip)
        .map(Database.to(TaskItem.Row.class)).list()).stream().map(TaskItem.Row::item).toList();
  }

  /** Lists the parts of a task in their order. */
  public List<TaskItem> parts(UUID parent) {
    return database.ask(sql -> sql.createQuery(TaskItem.SELECT + "where t.parent_id = :parent order by t.number limit :limit")
        .bind("parent", parent).bind("limit", MAX_PARTS).map(Database.to(TaskItem.Row.class)).list()).stream().map(TaskItem.Row::item)
        .toList();
  }

  /** Counts tasks, up to {@link #COUNT_LIMIT}. */
  public long count(TaskFilter filter) {
    return database.ask(sql -> sql.createQuery("select count(*) from (select from task t where " + filter.condition() + " limit "
        + COUNT_LIMIT + ") as found").bindMap(filter.values()).mapTo(Long.class).one());
  }

  void insert(UUID id, TaskFields fields, TaskStatus status, @Nullable UUID parent, String by, @Nullable Instant completedAt) {
    database.run(sql -> bind(sql.createUpdate("""
            insert into task (id, title, description, status, priority, category, tags, project_id, parent_id, assignee_id, assignee_name,
                              due_on, due_at, created_by, completed_at)
            values (:id, :title, :description, :status, :priority, :category, :tags, :project, :parent, :assignee, :assigneeName, :dueOn,
                    :dueAt, :by, :completedAt)"""), fields, status)
        .bind("id", id).bindByType("parent", parent, UUID.class).bind("by", by).bind("completedAt", completedAt).execute());
  }

  /** Saves fields and status; the revision grows. */
  void update(UUID id, TaskFields fields, TaskStatus status, @Nullable Instant completedAt) {
    database.run(sql -> bind(sql.createUpdate("""
            update task set title = :title, description = :description, status = :status, priority = :priority, category = :category,
                tags = :tags, project_id = :project, assignee_id = :assignee, assignee_name = :assigneeName, due_on = :dueOn,
                due_at = :dueAt, completed_at = :completedAt, revision = revision + 1, updated_at = now()
             where id = :id"""), fields, status)
        .bind("id", id).bind("completedAt", completedAt).execute());
  }

  private static <S extends SqlStatement<S>> S bind(S statement, TaskFields fields, TaskStatus status) {
    return statement.bind("title", fields.title()).bind("description", fields.description()).bind("status", status.wire())
        .bind("priority", fields.priority().wire()).bind("category", fields.category().wire())
        .bind("tags", TaskFields.tagsToJson(fields.tags())).bindByType("project", fields.projectId(), UUID.class)
        .bindByType("assignee", fields.assigneeId(), UUID.class).bindByType("assigneeName", fields.assigneeName(), String.class)
        .bind("dueOn", fields.dueOn()).bind("dueAt", fields.dueAt());
  }

  void delete(UUID id) {
    database.run(sql -> sql.createUpdate("delete from task where id = :id").bind("id", id).execute());
  }

  /** Finds and locks the task, its parts, and theirs. */
  List<UUID> lockTree(UUID id) {
    return database.ask(sql -> {
      List<UUID> tree = sql.createQuery("""
          with recursive tree as (
            select id from task where id = :id union select t.id from task t join tree p on t.parent_id = p.id)
          select id from tree""").bind("id", id).mapTo(UUID.class).list();
      return sql.createQuery("select id from task where id = any(:ids) order by id for update").bindArray("ids", UUID.class, tree.toArray())
          .mapTo(UUID.class).list();
    });
  }

  /** Whether one of these tasks was changed since it was created, or created after the first one. */
  boolean isBuiltUpon(UUID first, List<UUID> tree) {
    return database.ask(sql -> sql.createQuery("""
            select exists (select from task where id = any(:ids)
                            and (revision > 1 or created_at > (select created_at from task where id = :first)))""")
        .bindArray("ids", UUID.class, tree.toArray()).bind("first", first).mapTo(Boolean.class).one());
  }

  /**
   * A change of a task.
   *
   * @param previous the changed fields before, by name
   * @param data the changed fields after, by name
   * @param revision the revision of the task after the change
   */
  public record Change(UUID id, UUID taskId, String action, Map<String, String> previous, Map<String, String> data, int revision,
      String changedBy, Instant changedAt, @Nullable Instant undoneAt) {}

  private record ChangeRow(UUID id, UUID taskId, String action, String previous, String data, int revision, String changedBy,
      Instant changedAt, @Nullable Instant undoneAt) {

    Change change() {
      return new Change(id, taskId, action, texts(previous), texts(data), revision, changedBy, changedAt, undoneAt);
    }

    private static Map<String, String> texts(String json) {
      Map<String, String> texts = new java.util.LinkedHashMap<>();
      Json.jsonb().fromJson(json, Map.class).forEach((name, text) -> texts.put(String.valueOf(name), String.valueOf(text)));
      return texts;
    }
  }

  void insertChange(UUID task, String action, Map<String, String> previous, Map<String, String> data, int revision, String by) {
    database.run(sql -> sql.createUpdate("""
            insert into task_change (id, task_id, action, previous, data, revision, changed_by)
            values (:id, :task, :action, :previous, :data, :revision, :by)""")
        .bind("id", Ids.next()).bind("task", task).bind("action", action).bind("previous", Json.jsonb().toJson(previous))
        .bind("data", Json.jsonb().toJson(data)).bind("revision", revision).bind("by", by).execute());
  }

  /** Lists the changes of a task, newest first. */
  public List<Change> changes(UUID task) {
    return database.ask(sql -> sql.createQuery("""
            select id, task_id, action, previous, data, revision, changed_by, changed_at, undone_at from task_change
             where task_id = :task order by changed_at desc, id desc limit :limit""")
        .bind("task", task).bind("limit", MAX_CHANGES).map(Database.to(ChangeRow.class)).list()).stream().map(ChangeRow::change).toList();
  }

  Optional<Change> findChange(UUID id) {
    return database.ask(sql -> sql.createQuery("""
            select id, task_id, action, previous, data, revision, changed_by, changed_at, undone_at from task_change where id = :id""")
        .bind("id", id).map(Database.to(ChangeRow.class)).findOne()).map(ChangeRow::change);
  }

  void markUndone(UUID change) {
    database.run(sql -> sql.createUpdate("update task_change set undone_at = now() where id = :id").bind("id", change).execute());
  }

  /** The name of a person; empty when there is none with this id. */
  Optional<String> findPersonName(UUID id) {
    return database.ask(sql -> sql.createQuery("select trim(first_name || ' ' || coalesce(last_name, '')) from person where id = :id")
        .bind("id", id).mapTo(String.class).findOne());
  }

  boolean hasProject(UUID id) {
    return database.ask(sql -> sql.createQuery("select exists (select from project where id = :id)").bind("id", id).mapTo(Boolean.class)
        .one());
  }

  /** A person who can be an assignee. */
  public record Assignee(UUID id, String name) {}

  /** Lists people by name, without bots. */
  public List<Assignee> assignees(int limit) {
    return database.ask(sql -> sql.createQuery("""
            select id, trim(first_name || ' ' || coalesce(last_name, '')) as name from person where not is_bot
             order by lower(first_name), lower(last_name), id limit :limit""")
        .bind("limit", limit).map(Database.to(Assignee.class)).list());
  }
}
