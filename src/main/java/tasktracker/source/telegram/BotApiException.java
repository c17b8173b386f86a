package tasktracker.source.telegram;

import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Telegram did not do what it was asked. Its message is Telegram's own text; it never holds the bot's token. */
final class BotApiException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** What is wrong, as far as it changes what is to be done. */
  enum Kind {
    NO_TOKEN, BAD_TOKEN, CONFLICT, TOO_MANY, FORBIDDEN, REFUSED, DOWN, SILENT;

    String wire() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final Kind kind;
  private final @Nullable Duration pause;

  BotApiException(Kind kind, String text, @Nullable Duration pause) {
    super(text);
    this.kind = kind;
    this.pause = pause;
  }

  Kind kind() {
    return kind;
  }

  /** How long Telegram asks to wait, if it does. */
  @Nullable Duration pause() {
    return pause;
  }

  String text() {
    return String.valueOf(getMessage());
  }
}
