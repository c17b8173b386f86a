package tasktracker.platform.web.json;

import jakarta.json.JsonException;

/** JSON exceeds one of its {@link JsonLimits}. The message is in English, for programs. */
public class JsonLimitExceeded extends JsonException {
  private static final long serialVersionUID = 1L;

  /** The limit that is exceeded. */
  public enum Limit {
    DEPTH, VALUES, NUMBER, TEXT, ENCODING
  }

  private final Limit limit;
  private final long offset;

  JsonLimitExceeded(Limit limit, String reason, long offset) {
    super(reason + " at offset " + offset + ".");
    this.limit = limit;
    this.offset = offset;
  }

  /** Which limit is exceeded. */
  public Limit limit() {
    return limit;
  }

  /** Position in bytes, from 0. */
  public long offset() {
    return offset;
  }
}
