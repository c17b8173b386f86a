package tasktracker.platform.web.json;

import tasktracker.platform.web.json.JsonLimitExceeded.Limit;

/**
 * Scans JSON byte by byte in front of a parser, and throws an exception when a limit is exceeded. Each byte takes a
 * constant number of steps and no memory. It does not check the syntax; the parser does. Not thread-safe.
 */
public final class JsonScanner {

  private final JsonLimits limits;
  private long offset = -1;
  private long values;
  private int depth;
  private int length;
  private boolean inText;
  private boolean isEscaped;
  private int hexDigits;
  private boolean isCharacterStart;

  public JsonScanner(JsonLimits limits) {
    this.limits = limits;
  }

  /**
   * Accepts the next byte of UTF-8, or the next UTF-16 unit of a decoded text.
   *
   * @throws JsonLimitExceeded when a limit is exceeded, or when the input is not UTF-8
   */
  public void accept(int b) {
    offset++;
    if (b == 0) {
      throw exceeded(Limit.ENCODING, "The JSON is not written in UTF-8"); // UTF-16 encodes quotes and brackets differently.
    }
    if (inText) {
      acceptInText(b);
    } else {
      acceptOutsideText(b);
    }
  }

  private void acceptInText(int b) {
    boolean isPartOfEscape = isEscaped || hexDigits > 0;
    if (!isPartOfEscape && b == '"') {
      inText = false;
      length = 0;
      return;
    }
    hexDigits = isEscaped && b == 'u' ? 4 : Math.max(0, hexDigits - 1);
    isEscaped = !isPartOfEscape && b == '\\';
    isCharacterStart = !isPartOfEscape && (b & 0xC0) != 0x80;
    length += isCharacterStart ? 1 : 0;
    if (length > limits.textLength()) {
      throw exceeded(Limit.TEXT, "The JSON holds a text of more than " + limits.textLength() + " characters");
    }
  }

  /** Returns whether the last byte is inside a string, excluding its closing quote. */
  public boolean isInText() {
    return inText;
  }

  /** Returns whether an array, an object or a string has started and not ended. */
  public boolean isOpen() {
    return depth > 0 || inText;
  }

  /** The number of arrays and objects that have started and not ended. */
  public int depth() {
    return depth;
  }

  /** Returns whether the last byte starts a character with at least this many characters before it in its string. */
  public boolean isBeyond(int characters) {
    return inText && isCharacterStart && length > characters;
  }

  private void acceptOutsideText(int b) {
    switch (b) {
      case '"' -> {
        countValue();
        inText = true;
        isCharacterStart = false;
        length = 0;
      }
      case '{', '[' -> openContainer();
      case '}', ']' -> {
        depth--;
        length = 0;
      }
      case ',', ':', ' ', '\t', '\r', '\n' -> length = 0;
      default -> acceptToken();
    }
  }

  private void openContainer() {
    countValue();
    length = 0;
    if (++depth > limits.depth()) {
      throw exceeded(Limit.DEPTH, "The JSON is nested more than " + limits.depth() + " deep");
    }
  }

  private void acceptToken() {
    if (length++ == 0) {
      countValue();
    }
    if (length > limits.numberLength()) {
      throw exceeded(Limit.NUMBER, "The JSON holds a number of more than " + limits.numberLength() + " digits");
    }
  }

  private void countValue() {
    if (++values > limits.values()) {
      throw exceeded(Limit.VALUES, "The JSON holds more than " + limits.values() + " values");
    }
  }

  private JsonLimitExceeded exceeded(Limit limit, String reason) {
    return new JsonLimitExceeded(limit, reason, offset);
  }
}
