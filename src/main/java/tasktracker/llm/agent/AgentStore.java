package tasktracker.llm.agent;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.data.Database;
import tasktracker.platform.data.Ids;

/** SQL statements about agents, tasks and assignments. All join the caller's transaction. */
@ApplicationScoped
public class AgentStore {

  private static final RowMapper<TaskConfigItem> TASK = (row, context) -> new TaskConfigItem(row.getObject("id", UUID.class),
      row.getString("name"),
      row.getString("description"), TaskConfigItem.parse(row.getString("response_schema")), row.getBoolean("is_active"),
      row.getBoolean("is_builtin"), row.getTimestamp("created_at").toInstant(), row.getTimestamp("updated_at").toInstant());

  private final Database database;

  @Inject
  public AgentStore(Database database) {
    this.database = database;
  }

  Optional<AgentItem> findAgent(UUID id) {
    return database.ask(sql -> sql.createQuery(AgentItem.SELECT + "where a.id = :id").bind("id", id).map(Database.to(AgentItem.class))
        .findOne());
  }

  Optional<AgentItem> findAgent(String name) {
    return database.ask(sql -> sql.createQuery(AgentItem.SELECT + "where lower(a.name) = lower(:name)").bind("name", name)
        .map(Database.to(AgentItem.class)).findOne());
  }

  List<AgentItem> agents(boolean isActiveOnly, @Nullable UUID provider, int limit, int skip) {
    return database.ask(sql -> sql.createQuery(AgentItem.SELECT + """
            where (a.is_active or not :active) and (cast(:provider as uuid) is null or a.provider_id = :provider)
            order by a.is_builtin desc, lower(a.name) limit :limit offset :skip""")
        .bind("active", isActiveOnly).bindByType("provider", provider, UUID.class).bind("limit", limit).bind("skip", skip)
        .map(Database.to(AgentItem.class)).list());
  }

  void insertAgent(UUID id, AgentChange values, String by) {
    database.run(sql -> sql.createUpdate("""
            insert into llm_agent (id, name, description, provider_id, model_name, system_prompt, temperature, max_tokens, is_active,
                                   created_by)
            values (:id, :name, :description, :providerId, :modelName, :systemPrompt, :temperature, :maxTokens, :isActive, :by)""")
        .bind("id", id).bind("by", by).bindMethods(values).execute());
  }

  void updateAgent(UUID id, AgentChange values) {
    database.run(sql -> sql.createUpdate("""
            update llm_agent set name = :name, description = :description, provider_id = :providerId, model_name = :modelName,
                   system_prompt = :systemPrompt, temperature = :temperature, max_tokens = :maxTokens, is_active = :isActive,
                   updated_at = now() where id = :id""")
        .bind("id", id).bindMethods(values).execute());
  }

  void setAgentActive(UUID id, boolean isActive) {
    database.run(sql -> sql.createUpdate("update llm_agent set is_active = :active, updated_at = now() where id = :id").bind("id", id)
        .bind("active", isActive).execute());
  }

  void deleteAgent(UUID id) {
    database.run(sql -> sql.createUpdate("delete from llm_agent where id = :id").bind("id", id).execute());
  }

  Optional<TaskConfigItem> findTask(UUID id) {
    return database.ask(sql -> sql.createQuery("select * from llm_task_config where id = :id").bind("id", id).map(TASK).findOne());
  }

  Optional<TaskConfigItem> findTask(String name) {
    return database.ask(sql -> sql.createQuery("select * from llm_task_config where lower(name) = lower(:name)").bind("name", name)
        .map(TASK).findOne());
  }

  List<TaskConfigItem> tasks(boolean isActiveOnly, int limit, int skip) {
    return database.ask(sql -> sql.createQuery("""
            select * from llm_task_config where is_active or not :active order by is_builtin desc, lower(name) limit :limit offset :skip""")
        .bind("active", isActiveOnly).bind("limit", limit).bind("skip", skip).map(TASK).list());
  }

  void insertTask(UUID id, String name, String description, JsonObject schema, boolean isActive, String by) {
    database.run(sql -> sql.createUpdate("""
            insert into llm_task_config (id, name, description, response_schema, is_active, created_by)
            values (:id, :name, :description, cast(:schema as json), :active, :by)""")
        .bind("id", id).bind("name", name).bind("description", description).bind("schema", schema.toString()).bind("active", isActive)
        .bind("by", by).execute());
  }

  void updateTask(UUID id, String name, String description, JsonObject schema, boolean isActive) {
    database.run(sql -> sql.createUpdate("""
            update llm_task_config set name = :name, description = :description, response_schema = cast(:schema as json),
                   is_active = :active, updated_at = now() where id = :id""")
        .bind("id", id).bind("name", name).bind("description", description).bind("schema", schema.toString()).bind("active", isActive)
        .execute());
  }

  void deleteTask(UUID id) {
    database.run(sql -> sql.createUpdate("delete from llm_task_config where id = :id").bind("id", id).execute());
  }

  List<AssignmentItem> assignments(boolean isActiveOnly, @Nullable UUID agent, @Nullable UUID task, int limit, int skip) {
    return database.ask(sql -> sql.createQuery(AssignmentItem.SELECT + """
            where (s.is_active or not :active) and (cast(:agent as uuid) is null or s.agent_id = :agent)
              and (cast(:task as uuid) is null or s.task_id = :task)
            order by lower(t.name), lower(a.name) limit :limit offset :skip""")
        .bind("active", isActiveOnly).bindByType("agent", agent, UUID.class).bindByType("task", task, UUID.class).bind("limit", limit)
        .bind("skip", skip).map(Database.to(AssignmentItem.class)).list());
  }

  /** Returns whether it is new. */
  boolean assign(UUID agent, UUID task, boolean isActive) {
    return database.ask(sql -> sql.createUpdate("""
            insert into llm_assignment (id, agent_id, task_id, is_active) values (:id, :agent, :task, :active) on conflict do nothing""")
        .bind("id", Ids.next()).bind("agent", agent).bind("task", task).bind("active", isActive).execute()) == 1;
  }

  boolean unassign(UUID agent, UUID task) {
    return database.ask(sql -> sql.createUpdate("delete from llm_assignment where agent_id = :agent and task_id = :task")
        .bind("agent", agent).bind("task", task).execute()) == 1;
  }
}
