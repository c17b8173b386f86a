package tasktracker.llm.agent;

import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.web.LocalizedMessage;
import tasktracker.platform.web.problem.Problem;

/** What is to be stored of an agent; null leaves a value as it is, or gives a new agent the default. */
public record AgentChange(@Nullable String name, @Nullable String description, @Nullable UUID providerId, @Nullable String modelName,
    @Nullable String systemPrompt, @Nullable Double temperature, @Nullable Integer maxTokens, @Nullable Boolean isActive) {

  static final int MAX_PROMPT = 50_000;
  static final AgentChange DEFAULTS = new AgentChange(null, "", null, null, null, 0.7, null, true);

  /** With values of the other where this has none; a limit of 0 tokens removes the limit. */
  AgentChange orElse(AgentChange other) {
    return new AgentChange(name == null ? other.name : name, description == null ? other.description : description,
        providerId == null ? other.providerId : providerId, modelName == null ? other.modelName : modelName,
        systemPrompt == null ? other.systemPrompt : systemPrompt, temperature == null ? other.temperature : temperature,
        maxTokens == null ? other.maxTokens : maxTokens == 0 ? null : maxTokens, isActive == null ? other.isActive : isActive);
  }

  static AgentChange of(AgentItem agent) {
    return new AgentChange(agent.name(), agent.description(), agent.providerId(), agent.modelName(), agent.systemPrompt(),
        agent.temperature(), agent.maxTokens(), agent.isActive());
  }

  /** Without white space around names. @throws Problem 422 */
  AgentChange checked() {
    String checkedName = text(name, 1, 100, "name");
    String checkedModel = text(modelName, 1, 200, "model");
    String checkedPrompt = text(systemPrompt, 1, MAX_PROMPT, "prompt");
    String checkedDescription = text(description, 0, 2000, "description");
    require(providerId != null, "provider", 0);
    require(temperature != null && temperature >= 0 && temperature <= 2, "temperature", 2);
    require(maxTokens == null || maxTokens >= 100 && maxTokens <= 1_000_000, "tokens", 0);
    return new AgentChange(checkedName, checkedDescription, providerId, checkedModel, checkedPrompt, temperature, maxTokens,
        Objects.requireNonNullElse(isActive, true));
  }

  private static String text(@Nullable String value, int min, int max, String field) {
    String stripped = value == null ? "" : value.strip();
    require(stripped.length() >= min && stripped.length() <= max, field, max);
    return stripped;
  }

  private static void require(boolean isRight, String field, int limit) {
    if (!isRight) {
      throw Problem.unprocessable(LocalizedMessage.of("problem.agent." + field, limit));
    }
  }
}
