package tasktracker.source.format;

import jakarta.json.Json;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParserFactory;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tasktracker.message.IncomingMessage;
import tasktracker.platform.web.LocalizedMessage;
import tasktracker.platform.web.json.JsonLimitExceeded;
import tasktracker.platform.web.json.JsonLimits;
import tasktracker.platform.web.json.JsonScanner;
import tasktracker.platform.web.json.UntrustedJson;

/**
 * Reads an untrusted JSON file and repairs the invalid JSON that programs write: control characters in a string, also as
 * {@code \xNN}, become valid escapes; {@code NaN} and {@code Infinity} become null; and a value without quotes that
 * extends to the end of its line, as in {@code "document_id": stickers/a (1).webm}, becomes a string. It also bounds the
 * memory: it rejects JSON beyond limits that no export exceeds, truncates a string that is longer than any that is stored,
 * and empties an array or an object that is nested deeper than any that is read. An error is reported after everything
 * before it has been read.
 */
public final class JsonRepairInputStream extends InputStream {

  private static final JsonLimits LIMITS = new JsonLimits(1_000_000_000, Long.MAX_VALUE, 1_000, Integer.MAX_VALUE);
  /**
   * Levels of nesting that are returned, so that one message that is nested deeper does not end its file. A message may
   * have fewer; the parser's own limit is a thousand.
   */
  private static final int MAX_DEPTH_READ = 900;
  /** Characters of a string that are returned; enough to detect that it is longer than a message may be. */
  public static final int MAX_TEXT_READ = 2 * IncomingMessage.MAX_TEXT_LENGTH + 1;
  /** Bytes of memory of an object, more than any message needs; a larger object is skipped. */
  private static final int MAX_OBJECT_BYTES = 2 << 20;
  /** Maximum bytes of a value without quotes, which is a path. */
  private static final int MAX_UNQUOTED_BYTES = 4_096;
  private static final Set<String> LITERALS = Set.of("true", "false", "null");
  /** Numbers of JavaScript and Python that JSON does not have. */
  private static final Set<String> NO_NUMBERS = Set.of("NaN", "Infinity", "-Infinity");
  private static final int NO_NUMBER_BYTES = 20;
  private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);
  private static final String HEX = "0123456789abcdef";
  /** A comment, alone or behind a literal. */
  private static final Pattern COMMENT = Pattern.compile("(?:(?:true|false|null|-?[0-9][0-9.eE+-]*),?\\s*)?(?://|/\\*).*");
  /** Parsson 1.1.8 and later stop after 15 million characters by default; exports are longer. */
  private static final JsonParserFactory PARSERS = Json
      .createParserFactory(Map.of("org.eclipse.parsson.maxParsingLimit", Integer.MAX_VALUE));

  private final Utf8InputStream source;
  private final JsonScanner scanner = new JsonScanner(LIMITS);
  private final byte[] held = new byte[2 * MAX_UNQUOTED_BYTES + 8];
  private int heldAt;
  private int heldEnd;
  private boolean isValueNext;
  private boolean isBlank = true;
  private boolean isTruncated;
  private @Nullable UnreadableFile pendingFault;

  public JsonRepairInputStream(InputStream source) {
    this.source = new Utf8InputStream(source, scanner::isInText);
  }

  /** Creates a parser of these bytes, which must be UTF-8. */
  public JsonParser parser() {
    return PARSERS.createParser(this, StandardCharsets.UTF_8);
  }

  /**
   * Reads the object at whose start the parser is; empty when it is larger than any message.
   *
   * @throws JsonLimitExceeded when it is nested too deep; the parser is behind it then
   */
  public static Optional<LenientJson> readObject(JsonParser json) {
    return UntrustedJson.object(json, MAX_OBJECT_BYTES).map(LenientJson::new);
  }

  /** Whether only white space has been read. */
  public boolean isBlank() {
    return isBlank;
  }

  /** Whether the file ended inside an array, an object or a string. */
  public boolean isTruncated() {
    return isTruncated;
  }

  /** The position after the last byte that was read. */
  public LocalizedMessage position() {
    return source.position();
  }

  @Override
  public int read() throws IOException {
    if (pendingFault != null) {
      throw pendingFault;
    }
    int depth = scanner.depth();
    int b = readScanned();
    if (depth > MAX_DEPTH_READ) {
      while (b >= 0 && scanner.depth() > MAX_DEPTH_READ) {
        b = readScanned();
      }
    }
    if (scanner.isBeyond(MAX_TEXT_READ)) {
      while (b >= 0 && scanner.isInText()) {
        b = readScanned();
      }
    }
    return b < 0 ? checkEnd() : b;
  }

  private int checkEnd() {
    if (scanner.isOpen()) {
      isTruncated = true;
      throw UnreadableFile.broken(LocalizedMessage.of("problem.file.truncated.at", position()));
    }
    return -1;
  }

  private int readScanned() throws IOException {
    int b = heldAt < heldEnd ? held[heldAt++] & 0xFF : repair(source.read());
    if (b >= 0) {
      scan(b);
    }
    return b;
  }

  private void scan(int b) {
    boolean wasInText = scanner.isInText();
    try {
      scanner.accept(b);
    } catch (JsonLimitExceeded e) {
      throw UnreadableFile.limitExceeded(e);
    }
    if (!isSpace(b)) {
      isBlank = false;
      isValueNext = b == ':' && !wasInText;
    }
  }

  /** Returns the bytes before an error first. */
  @Override
  public int read(byte[] into, int from, int length) throws IOException {
    int count = 0;
    try {
      for (int b = 0; count < length && (b = read()) >= 0; count++) {
        into[from + count] = (byte) b;
      }
    } catch (UnreadableFile e) {
      pendingFault = e;
      if (count == 0) {
        throw e;
      }
    }
    return count == 0 && length > 0 ? -1 : count;
  }

  private int repair(int b) throws IOException {
    if (b == '\\') {
      return escape();
    }
    if (scanner.isInText()) {
      return b >= 0 && b < ' ' ? escapeControl(b) : b;
    }
    if (b == '/' && !isValueNext) {
      rejectComment("//");
    }
    if (isValueNext && b >= 0 && !isSpace(b) && "\"{[]},:".indexOf(b) < 0) {
      return quoteBareValue(b);
    }
    return b == 'N' || b == 'I' || b == '-' ? replaceNoNumber(b) : b;
  }

  private int escapeControl(int b) {
    hold('u', '0', '0', HEX.charAt(b >> 4), HEX.charAt(b & 15));
    return '\\';
  }

  /**
   * Reads the byte after a backslash with it, so that an escaped backslash or quote is not mistaken for an unescaped
   * one.
   */
  private int escape() throws IOException {
    int b = source.read();
    if (b >= 0 && b < ' ') {
      return escapeControl(b);
    }
    if (b != 'x') {
      hold(b);
      return '\\';
    }
    int high = source.read();
    int low = source.read();
    if (isHex(high) && isHex(low)) {
      hold('u', '0', '0', high, low);
    } else {
      hold('x', high, low);
    }
    return '\\';
  }

  /**
   * Reads a JSON literal, or a string without quotes up to the end of its line. Every byte is examined a bounded number
   * of times.
   */
  private int quoteBareValue(int first) throws IOException {
    heldAt = 0;
    heldEnd = 0;
    boolean mayBeLiteral = true;
    int b = first;
    while (b >= 0) {
      held[heldEnd++] = (byte) b;
      boolean isEndOfLiteral = mayBeLiteral && (b == ',' || b == '}' || b == ']');
      if (b == '\n' || heldEnd == MAX_UNQUOTED_BYTES || isEndOfLiteral && (isLiteral(heldEnd - 1) || replaceNoNumber())) {
        break;
      }
      mayBeLiteral &= !isEndOfLiteral;
      b = source.read();
    }
    if (b == '\n' && !replaceNoNumber()) {
      quote();
    } else if (!mayBeLiteral || b < 0) {
      rejectComment(new String(held, 0, heldEnd, StandardCharsets.UTF_8).strip());
    }
    return held[heldAt++] & 0xFF;
  }

  private void rejectComment(String value) {
    if (COMMENT.matcher(value).matches()) {
      throw UnreadableFile.broken(LocalizedMessage.of("problem.file.comment", position()));
    }
  }

  /** Replaces the first buffered bytes by null when they are no number of JSON. */
  private boolean replaceNoNumber() {
    boolean isShort = heldEnd <= NO_NUMBER_BYTES;
    if (!isShort || !NO_NUMBERS.contains(new String(held, 0, heldEnd - 1, StandardCharsets.US_ASCII).strip())) {
      return false;
    }
    byte last = held[heldEnd - 1];
    System.arraycopy(NULL, 0, held, 0, NULL.length);
    held[NULL.length] = last;
    heldEnd = NULL.length + 1;
    return true;
  }

  /** Reads a token of an array that begins like one of {@link #NO_NUMBERS}. */
  private int replaceNoNumber(int first) throws IOException {
    heldAt = 0;
    heldEnd = 0;
    int b = first;
    while (heldEnd < NO_NUMBER_BYTES && (b == '-' || b >= 'A' && b <= 'Z' || b >= 'a' && b <= 'z')) {
      held[heldEnd++] = (byte) b;
      b = source.read();
    }
    if (b >= 0) {
      held[heldEnd++] = (byte) b;
      replaceNoNumber();
    }
    return held[heldAt++] & 0xFF;
  }

  /** Whether the first buffered bytes are a number, true, false or null, followed by white space. */
  private boolean isLiteral(int length) {
    int end = length;
    while (end > 0 && isSpace(held[end - 1])) {
      end--;
    }
    boolean isNumber = held[0] == '-' || held[0] >= '0' && held[0] <= '9';
    for (int i = 0; isNumber && i < end; i++) {
      isNumber = "0123456789+-.eE".indexOf(held[i]) >= 0;
    }
    return isNumber || end <= 5 && LITERALS.contains(new String(held, 0, end, StandardCharsets.US_ASCII));
  }

  /** Quotes the buffered bytes up to the end of the line, unless they are a literal or end with a bracket. */
  private void quote() {
    String value = new String(held, 0, heldEnd, StandardCharsets.UTF_8).strip();
    String comma = value.endsWith(",") ? "," : "";
    rejectComment(value);
    String path = value.substring(0, value.length() - comma.length()).strip();
    if (!path.isEmpty() && !isLiteral(path.length()) && !path.endsWith("}") && !path.endsWith("]")) {
      byte[] text = ("\"" + path.replace("\\", "\\\\").replace("\"", "\\\"") + "\"" + comma + "\n").getBytes(StandardCharsets.UTF_8);
      System.arraycopy(text, 0, held, 0, text.length);
      heldEnd = text.length;
    }
  }

  private void hold(int... bytes) {
    heldAt = 0;
    heldEnd = 0;
    for (int b : bytes) {
      if (b >= 0) {
        held[heldEnd++] = (byte) b;
      }
    }
  }

  private static boolean isSpace(int b) {
    return b == ' ' || b == '\n' || b == '\r' || b == '\t';
  }

  private static boolean isHex(int b) {
    return b >= '0' && b <= '9' || b >= 'A' && b <= 'F' || b >= 'a' && b <= 'f';
  }

  @Override
  public void close() throws IOException {
    source.close();
  }
}
