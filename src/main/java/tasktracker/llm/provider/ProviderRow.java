package tasktracker.llm.provider;

import java.net.URI;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A provider as stored.
 *
 * @param apiKey encrypted, or null
 */
record ProviderRow(UUID id, String name, String type, @Nullable String baseUrl, @Nullable String apiKey, boolean isActive,
    int failoverOrder, int concurrency, int timeoutSeconds, long dailyTokenBudget, String validationStatus,
    @Nullable String validationReason, @Nullable String validationDetail, @Nullable Instant validatedAt, int revision,
    String createdBy, Instant createdAt, Instant updatedAt) {

  ProviderType providerType() {
    return ProviderType.of(type).orElseThrow();
  }

  /** What a key is bound to. */
  static String secretContext(UUID id) {
    return "llm_provider.api_key " + id;
  }

  /** The address that is called; null for the built-in analyst. */
  @Nullable
  URI url() {
    return baseUrl == null ? providerType().defaultUrl() : URI.create(baseUrl);
  }

  /** Why the last validation failed, in this language. */
  Optional<String> error(Locale locale) {
    return validationReason == null
        ? Optional.empty()
        : Optional.of(ProviderFailure.message(validationReason, Objects.requireNonNullElse(validationDetail, "")).in(locale));
  }
}
