package tasktracker.llm.agent;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tasktracker.llm.provider.ProviderSettings;

/**
 * What a call of an agent needs to know.
 *
 * @param maxTokens limit of the answer; null for the model's own
 */
public record AgentSettings(UUID id, String name, ProviderSettings provider, String model, String systemPrompt, double temperature,
    @Nullable Integer maxTokens) {}
