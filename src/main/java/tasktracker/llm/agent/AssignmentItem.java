package tasktracker.llm.agent;

import java.time.Instant;
import java.util.UUID;

/** Which agent does which task. */
public record AssignmentItem(UUID id, UUID agentId, String agentName, UUID taskId, String taskName, String providerName,
    String providerType, boolean isActive, Instant assignedAt) {

  static final String SELECT = """
      select s.*, a.name as agent_name, t.name as task_name, p.name as provider_name, p.type as provider_type
        from llm_assignment s join llm_agent a on a.id = s.agent_id join llm_task_config t on t.id = s.task_id
        join llm_provider p on p.id = a.provider_id
      """;
}
