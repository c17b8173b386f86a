package tasktracker.platform.web;

import tasktracker.platform.web.JsonLimitExceeded.Limit;

/**
 * Follows JSON byte by byte, in front of a parser, and stops it where it grows beyond its limits. Takes the same few
 * steps and no memory for each byte. Whether it is well-formed is the parser's business. Not safe for several threads.
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
  private boolean begins;

  public JsonScanner(JsonLimits limits) {
    this.limits = limits;
  }

  /**
   * Takes the next byte of UTF-8, or the next UTF-16 unit of a decoded text.
   *
   * @throws JsonLimitExceeded when a limit is exceeded, or when this cannot be UTF-8
   */
  public void accept(int b) {
    offset++;
    if (b == 0) {
      throw exceeded(Limit.ENCODING, "The JSON is not written in UTF-8"); // in UTF-16 quotes and brackets look otherwise
    }
    if (inText) {
      inside(b);
    } else {
      outside(b);
    }
  }

  private void inside(int b) {
    boolean isPartOfEscape = isEscaped || hexDigits > 0;
    if (!isPartOfEscape && b == '"') {
      inText = false;
      length = 0;
      return;
    }
    hexDigits = isEscaped && b == 'u' ? 4 : Math.max(0, hexDigits - 1);
    isEscaped = !isPartOfEscape && b == '\\';
    begins = !isPartOfEscape && (b & 0xC0) != 0x80;
    length += begins ? 1 : 0;
    if (length > limits.textLength()) {
      throw exceeded(Limit.TEXT, "The JSON holds a text of more than " + limits.textLength() + " characters");
    }
  }

  /** Whether the last byte stands in a text, its closing quote not included. */
  public boolean isInText() {
    return inText;
  }

  /** Whether an array, an object or a text has begun and not ended. */
  public boolean isOpen() {
    return depth > 0 || inText;
  }

  /** Whether the last byte begins a character that has more than so many before it in its text. */
  public boolean isBeyond(int characters) {
    return inText && begins && length > characters;
  }

  private void outside(int b) {
    switch (b) {
      case '"' -> {
        value();
        inText = true;
        begins = false;
        length = 0;
      }
      case '{', '[' -> open();
      case '}', ']' -> {
        depth--;
        length = 0;
      }
      case ',', ':', ' ', '\t', '\r', '\n' -> length = 0;
      default -> word();
    }
  }

  private void open() {
    value();
    length = 0;
    if (++depth > limits.depth()) {
      throw exceeded(Limit.DEPTH, "The JSON is nested more than " + limits.depth() + " deep");
    }
  }

  private void word() {
    if (length++ == 0) {
      value();
    }
    if (length > limits.numberLength()) {
      throw exceeded(Limit.NUMBER, "The JSON holds a number of more than " + limits.numberLength() + " digits");
    }
  }

  private void value() {
    if (++values > limits.values()) {
      throw exceeded(Limit.VALUES, "The JSON holds more than " + limits.values() + " values");
    }
  }

  private JsonLimitExceeded exceeded(Limit limit, String reason) {
    return new JsonLimitExceeded(limit, reason, offset);
  }
}
