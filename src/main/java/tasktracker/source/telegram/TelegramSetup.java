package tasktracker.source.telegram;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How Telegram reaches us, and what it said when it was asked last.
 *
 * @param activeUrl where Telegram says that it delivers; empty when it does not
 * @param problem why Telegram could not be asked, one of {@link BotApiException.Kind}
 * @param lastUpdateAt when an update came in last, by whichever way
 */
public record TelegramSetup(String mode, @Nullable String publicUrl, @Nullable String registeredUrl, @Nullable Instant registeredAt,
    int maxConnections, boolean onlyListed, @Nullable Long botId, @Nullable String botUsername, @Nullable String botName,
    @Nullable Boolean readsAll, @Nullable String activeUrl, @Nullable Integer pendingUpdates, @Nullable Instant lastErrorAt,
    @Nullable String lastError, @Nullable String problem, @Nullable String problemText, @Nullable Instant checkedAt,
    @Nullable String pollNode, @Nullable Instant pollUntil, @Nullable Instant polledAt, @Nullable String pollProblem,
    @Nullable String pollProblemText, boolean isActive, @Nullable Instant lastUpdateAt) {

  /** The address that is, or will be, told to Telegram. */
  public @Nullable String webhookUrl() {
    return publicUrl == null ? null : publicUrl + PublicUrl.PATH;
  }

  /** True when Telegram delivers to the address that is saved. */
  public boolean isRegistered() {
    return webhookUrl() != null && webhookUrl().equals(activeUrl);
  }

  /** True when Telegram delivers, but elsewhere. */
  public boolean isElsewhere() {
    return activeUrl != null && !activeUrl.isEmpty() && !isRegistered();
  }

  /** One word for how it stands: off, no address yet, polling, registered, elsewhere, unregistered. */
  public String standing() {
    if (!isActive || mode.equals("off")) {
      return "off";
    }
    if (mode.equals("polling")) {
      return "polling";
    }
    return isRegistered() ? "registered" : isElsewhere() ? "elsewhere" : publicUrl == null ? "empty" : "unregistered";
  }

  /** What to do about the last error, as the end of a key of words; null when there was none within a day. */
  public @Nullable String remedy() {
    return lastError == null ? null : SuggestedFix.of(lastError);
  }

  public @Nullable String pollRemedy() {
    return pollProblem == null ? null
        : pollProblem.equals("conflict") && String.valueOf(pollProblemText).contains("getUpdates") ? "two" : pollProblem;
  }
}
