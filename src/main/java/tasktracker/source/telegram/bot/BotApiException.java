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

    /** The name in the database and in keys of texts. */
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

  /** The kind of the failure. */
  public Kind kind() {
    return kind;
  }

  /** How long Telegram asks to wait before a retry, if it does. */
  public @Nullable Duration retryAfter() {
    return retryAfter;
  }

  /** Telegram's error text, without the token; of a request that was not answered a technical word, or nothing. */
  public String text() {
    return String.valueOf(getMessage());
  }
}
