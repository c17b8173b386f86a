package tasktracker.source.telegram.bot;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Telegram's response is larger or more deeply nested than any that is parsed. Requesting the same again gives the same. */
public final class ResponseLimitExceeded extends BotApiException {

  private static final long serialVersionUID = 1L;
  /** Inside of a string the quotes are escaped, so a text of somebody does not match. */
  private static final Pattern UPDATE_ID = Pattern.compile("\"update_id\"\\s*:\\s*(\\d{1,18})(?!\\d)");

  private final transient String response;

  public ResponseLimitExceeded(String reason, String response) {
    super(Kind.DOWN, reason, null);
    this.response = response;
  }

  /** The response, at most as many bytes of it as are read. */
  public String response() {
    return response;
  }

  /** The id of the first update in the response, which is found without parsing it. */
  public Optional<Long> firstUpdateId() {
    Matcher found = UPDATE_ID.matcher(response);
    return found.find() ? Optional.of(Long.valueOf(found.group(1))) : Optional.empty();
  }
}
