package tasktracker.source.telegram;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tasktracker.source.telegram.bot.BotApiException;

/**
 * The connection to Telegram: settings and last known state.
 *
 * @param activeUrl URL to which Telegram delivers according to itself; empty when it does not
 * @param problem why the last check failed, one of {@link BotApiException.Kind}
 * @param lastUpdateAt when the last update arrived, by webhook or polling
 */
public record TelegramSetup(String mode, @Nullable String publicUrl, @Nullable String registeredUrl, @Nullable Instant registeredAt,
    int maxConnections, boolean onlyListed, @Nullable Long botId, @Nullable String botUsername, @Nullable String botName,
    @Nullable Boolean readsAll, @Nullable String activeUrl, @Nullable Integer pendingUpdates, @Nullable Instant lastErrorAt,
    @Nullable String lastError, @Nullable String problem, @Nullable String problemText, @Nullable Instant checkedAt,
    @Nullable String pollNode, @Nullable Instant pollUntil, @Nullable Instant polledAt, @Nullable String pollProblem,
    @Nullable String pollProblemText, boolean isActive, @Nullable Instant lastUpdateAt) {

  /** The URL that is, or will be, registered with Telegram. */
  public @Nullable String webhookUrl() {
    return publicUrl == null ? null : publicUrl + PublicUrl.PATH;
  }

  /** Whether Telegram delivers to the saved URL. */
  public boolean isRegistered() {
    return webhookUrl() != null && webhookUrl().equals(activeUrl);
  }

  /** Whether Telegram delivers to another URL. */
  public boolean isElsewhere() {
    return activeUrl != null && !activeUrl.isEmpty() && !isRegistered();
  }

  /** The state: off, empty (no URL yet), polling, registered, elsewhere, unregistered. */
  public String standing() {
    if (!isActive || mode.equals("off")) {
      return "off";
    }
    if (mode.equals("polling")) {
      return "polling";
    }
    return isRegistered() ? "registered" : isElsewhere() ? "elsewhere" : publicUrl == null ? "empty" : "unregistered";
  }

  /** The state for its badge: as {@link #standing()}, or {@code failed} when the last check or poll was. */
  public String badgeState() {
    return problem != null || pollProblem != null ? "failed" : standing();
  }

  /** Whether Telegram delivers to the saved URL and is meant to. */
  public boolean deliversByWebhook() {
    return isRegistered() && "webhook".equals(mode);
  }

  /** The name of the bot in texts; {@code bot} before it is known. */
  public String botNameInTexts() {
    return botUsername == null ? "bot" : botUsername;
  }

  /** The end of the message key of the suggested fix for the last error; null when there is none. */
  public @Nullable String remedy() {
    return lastError == null ? null : SuggestedFix.of(lastError);
  }

  public @Nullable String pollRemedy() {
    return pollProblem == null
        ? null
        : pollProblem.equals("conflict") && String.valueOf(pollProblemText).contains("getUpdates") ? "two" : pollProblem;
  }
}
