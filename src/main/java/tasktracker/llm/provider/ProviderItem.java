package tasktracker.llm.provider;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A provider as programs and pages see it: everything but its key.
 *
 * @param excludedChats ids of the chats whose messages are never sent to it
 * @param validationReason why the last validation failed: the end of a message key
 */
public record ProviderItem(UUID id, String name, String type, @Nullable String baseUrl, boolean hasKey, boolean isActive,
    int failoverOrder, int concurrency, int timeoutSeconds, long dailyTokenBudget, List<UUID> excludedChats, String validationStatus,
    @Nullable String validationReason, @Nullable String validationError, @Nullable Instant validatedAt, Instant createdAt,
    Instant updatedAt) {

  static ProviderItem of(ProviderRow row, List<UUID> excludedChats, Locale locale) {
    return new ProviderItem(row.id(), row.name(), row.type(), Objects.toString(row.url(), null), row.apiKey() != null, row.isActive(),
        row.failoverOrder(), row.concurrency(), row.timeoutSeconds(), row.dailyTokenBudget(), excludedChats, row.validationStatus(),
        row.validationReason(),
        row.error(locale).orElse(null), row.validatedAt(), row.createdAt(), row.updatedAt());
  }

  /** Whether it is the built-in analyst, which cannot be deleted. */
  public boolean builtIn() {
    return type.equals(ProviderType.BUILTIN.wire());
  }

  /** Whether its address has to be allowed before it can be asked. */
  public boolean needsAllowance() {
    return "address_refused".equals(validationReason);
  }

  /** The kind of the badge of its state. */
  public String badge() {
    return switch (validationStatus) {
      case "connected" -> "ok";
      case "error" -> "bad";
      case "validating" -> "info";
      default -> "neutral";
    };
  }

  /** The icon of its state. */
  public String icon() {
    return switch (validationStatus) {
      case "connected" -> "check";
      case "error" -> "alert";
      default -> "clock";
    };
  }
}
