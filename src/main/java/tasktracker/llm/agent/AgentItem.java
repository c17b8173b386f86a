package tasktracker.llm.agent;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An agent with its provider. */
public record AgentItem(UUID id, String name, String description, UUID providerId, String providerName, String providerType,
    String modelName, String systemPrompt, double temperature, @Nullable Integer maxTokens, boolean isActive, boolean isBuiltin,
    Instant createdAt, Instant updatedAt) {

  static final String SELECT = """
      select a.*, p.name as provider_name, p.type as provider_type from llm_agent a join llm_provider p on p.id = a.provider_id
      """;
}
