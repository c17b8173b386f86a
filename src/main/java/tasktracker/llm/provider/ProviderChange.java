package tasktracker.llm.provider;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.outbound.HostAndPort;
import tasktracker.platform.web.LocalizedMessage;
import tasktracker.platform.web.problem.Problem;

/**
 * What is to be stored of a provider; null leaves a value as it is, or gives a new provider the default.
 *
 * @param apiKey a blank one keeps the stored one
 * @param clearApiKey removes the stored key
 */
public record ProviderChange(@Nullable String name, @Nullable String type, @Nullable String baseUrl, @Nullable String apiKey,
    @Nullable Boolean clearApiKey, @Nullable Boolean isActive, @Nullable Integer failoverOrder, @Nullable Integer concurrency,
    @Nullable Integer timeoutSeconds, @Nullable Long dailyTokenBudget, @Nullable List<UUID> excludedChats) {

  private static final int MAX_NAME = 100;
  private static final int MAX_URL = 500;
  private static final int MAX_KEY = 1000;
  private static final long MAX_BUDGET = 1_000_000_000_000L;

  /** The values of a new provider. */
  static final ProviderChange DEFAULTS = new ProviderChange(null, null, null, null, null, true, 100, 2, 120, 0L, List.of());

  /** With values of the other where this has none. */
  ProviderChange orElse(ProviderChange other) {
    return new ProviderChange(name == null ? other.name : name, type == null ? other.type : type,
        baseUrl == null ? other.baseUrl : baseUrl, apiKey, clearApiKey, isActive == null ? other.isActive : isActive,
        failoverOrder == null ? other.failoverOrder : failoverOrder, concurrency == null ? other.concurrency : concurrency,
        timeoutSeconds == null ? other.timeoutSeconds : timeoutSeconds,
        dailyTokenBudget == null ? other.dailyTokenBudget : dailyTokenBudget, excludedChats);
  }

  static ProviderChange of(ProviderRow row) {
    return new ProviderChange(row.name(), row.type(), row.baseUrl(), null, null, row.isActive(), row.failoverOrder(), row.concurrency(),
        row.timeoutSeconds(), row.dailyTokenBudget(), null);
  }

  /** @throws Problem 422 */
  String requiredName() {
    String stripped = name == null ? "" : name.strip();
    require(!stripped.isEmpty() && stripped.length() <= MAX_NAME, "name", MAX_NAME);
    return stripped;
  }

  /** @throws Problem 422 */
  ProviderType requiredType() {
    return ProviderType.of(type).orElseThrow(() -> refused("type", 0));
  }

  /** The address without a slash at its end; null for the default one. @throws Problem 422 */
  @Nullable
  String checkedUrl() {
    if (baseUrl == null || baseUrl.isBlank()) {
      return null;
    }
    String text = baseUrl.strip().replaceAll("/+$", "");
    require(text.length() <= MAX_URL && isUrl(text), "url", MAX_URL);
    return text;
  }

  private static boolean isUrl(String text) {
    try {
      URI url = new URI(text);
      return HostAndPort.of(url).isPresent() && url.getRawQuery() == null && url.getRawFragment() == null;
    } catch (URISyntaxException e) {
      return false;
    }
  }

  /** The key to store; null for none given. It goes into a header, so it has visible ASCII characters only. @throws Problem 422 */
  @Nullable
  String checkedKey() {
    String key = apiKey == null ? "" : apiKey.strip();
    require(key.length() <= MAX_KEY && key.chars().allMatch(c -> c > ' ' && c < 0x7f), "key", MAX_KEY);
    return key.isEmpty() ? null : key;
  }

  /** @throws Problem 422 */
  void requireLimits() {
    requireRange(failoverOrder, 0, 1000, "failover");
    requireRange(concurrency, 1, 64, "concurrency");
    requireRange(timeoutSeconds, 1, 3600, "timeout");
    require(dailyTokenBudget != null && dailyTokenBudget >= 0 && dailyTokenBudget <= MAX_BUDGET, "budget", 0);
  }

  private static void requireRange(@Nullable Integer value, int min, int max, String field) {
    require(value != null && value >= min && value <= max, field, max);
  }

  private static void require(boolean isRight, String field, int limit) {
    if (!isRight) {
      throw refused(field, limit);
    }
  }

  private static Problem refused(String field, int limit) {
    return Problem.unprocessable(LocalizedMessage.of("problem.provider." + field, limit));
  }

  boolean clearsKey() {
    return Objects.requireNonNullElse(clearApiKey, false);
  }

  @Override
  public String toString() {
    return "ProviderChange[" + name + ", " + type + "]";
  }
}
