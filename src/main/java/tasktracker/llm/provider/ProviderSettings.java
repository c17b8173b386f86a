package tasktracker.llm.provider;

import java.net.URI;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a call of a provider needs to know. It contains the decrypted key, so it is never stored, logged or made JSON of.
 *
 * @param baseUrl its address without a slash at the end, such as {@code https://api.openai.com/v1}; null for the built-in analyst
 * @param apiKey the decrypted key; null when it has none
 * @param isActive false when it is switched off: it is not called and failover leaves it out
 * @param failoverOrder providers with a lower number are tried first when another one fails; the built-in analyst comes last
 * @param concurrency calls at the same time on one node, 1 to 64
 * @param timeoutSeconds limit of one call, 1 to 3600
 * @param dailyTokenBudget tokens of input and output a day; 0 when there is no limit
 * @param excludedChats ids of chats whose messages are never sent to it
 */
public record ProviderSettings(UUID id, String name, ProviderType type, @Nullable URI baseUrl, @Nullable String apiKey, boolean isActive,
    int failoverOrder, int concurrency, int timeoutSeconds, long dailyTokenBudget, Set<UUID> excludedChats) {

  public ProviderSettings {
    excludedChats = Set.copyOf(excludedChats);
  }

  @Override
  public String toString() {
    return "ProviderSettings[" + name + ", " + type.wire() + ", " + baseUrl + ", key " + (apiKey == null ? "none" : "***") + "]";
  }
}
