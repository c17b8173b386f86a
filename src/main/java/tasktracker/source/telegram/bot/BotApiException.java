package tasktracker.source.telegram.bot;

import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A request to Telegram failed. The message is Telegram's error text and never contains the bot's token. */
public sealed class BotApiException extends RuntimeException permits ResponseLimitExceeded {

  private static final long serialVersionUID = 1L;

  /** The cause, as far as it changes how the failure is handled. */
  public enum Kind {
    NO_TOKEN, BAD_TOKEN, CONFLICT, TOO_MANY, FORBIDDEN, REFUSED, DOWN, SILENT;

    public String wire() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final Kind kind;
  private final @Nullable Duration retryAfter;

  BotApiException(Kind kind, String text, @Nullable Duration retryAfter) {
    super(text);
    this.kind = kind;
    this.retryAfter = retryAfter;
  }

  public Kind kind() {
    return kind;
  }

  /** How long Telegram asks to wait before a retry, if it does. */
  public @Nullable Duration retryAfter() {
    return retryAfter;
  }

  public String text() {
    return String.valueOf(getMessage());
  }
}
