package tasktracker.source;

import jakarta.json.Json;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParserFactory;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tasktracker.message.IncomingMessage;
import tasktracker.platform.web.JsonLimitExceeded;
import tasktracker.platform.web.JsonLimits;
import tasktracker.platform.web.JsonScanner;
import tasktracker.platform.web.LocalizedMessage;
import tasktracker.platform.web.UntrustedJson;

/**
 * The bytes of a JSON file that a stranger made. Cures what Telegram Desktop writes and no JSON parser accepts: control
 * characters as {@code \xNN} become proper escapes, and a value without quotes that takes the rest of its line, as of
 * {@code "document_id": stickers/a (1).webm}, becomes a text. On the way it sees to it that nothing fills the memory:
 * what no export has is refused, and a text is cut where it is longer than any that is kept. A fault is told when all
 * before it has been read.
 */
public final class JsonRepairInputStream extends InputStream {

  private static final JsonLimits LIMITS = new JsonLimits(200, Long.MAX_VALUE, 1_000, Integer.MAX_VALUE);
  /** Characters that are told of a text. Whoever is told so many knows that it is longer than a message's may be. */
  public static final int MOST_OF_A_TEXT = 2 * IncomingMessage.LONGEST_TEXT + 1;
  /** More than any chat's message takes in memory, in bytes; a larger one is passed over. */
  private static final int LARGEST_OBJECT = 2 << 20;
  /** Bytes of a value without quotes: a path. */
  private static final int LONGEST_UNQUOTED = 4_096;
  private static final Set<String> LITERALS = Set.of("true", "false", "null");
  /** Parsson from 1.1.8 on stops after 15 million characters unless it is told otherwise; exports are longer. */
  private static final JsonParserFactory PARSERS =
      Json.createParserFactory(Map.of("org.eclipse.parsson.maxParsingLimit", Integer.MAX_VALUE));

  private final Utf8InputStream source;
  private final JsonScanner scanner = new JsonScanner(LIMITS);
  private final byte[] held = new byte[2 * LONGEST_UNQUOTED + 8];
  private int heldAt;
  private int heldEnd;
  private boolean isValueNext;
  private boolean isBlank = true;
  private boolean isTruncated;
  private @Nullable UnreadableFile fault;

  public JsonRepairInputStream(InputStream source) {
    this.source = new Utf8InputStream(source);
  }

  /** A parser of these bytes, which must be UTF-8. */
  public JsonParser parser() {
    return PARSERS.createParser(this, StandardCharsets.UTF_8);
  }

  /** The object at whose start the parser stands; nothing when it is larger than any message is. */
  public static Optional<LenientJson> row(JsonParser json) {
    return UntrustedJson.object(json, LARGEST_OBJECT).map(LenientJson::new);
  }

  /** Whether nothing but white space was read so far. */
  public boolean isBlank() {
    return isBlank;
  }

  /** Whether the file has ended within an array, an object or a text. */
  public boolean isTruncated() {
    return isTruncated;
  }

  /** The place in the file behind all that was read. */
  public LocalizedMessage where() {
    return source.where();
  }

  @Override
  public int read() throws IOException {
    if (fault != null) {
      throw fault;
    }
    int b = scanned();
    if (scanner.isBeyond(MOST_OF_A_TEXT)) {
      while (b >= 0 && scanner.isInText()) {
        b = scanned();
      }
    }
    return b < 0 ? end() : b;
  }

  private int end() {
    if (scanner.isOpen()) {
      isTruncated = true;
      throw UnreadableFile.broken(LocalizedMessage.of("problem.file.truncated.at", where()));
    }
    return -1;
  }

  private int scanned() throws IOException {
    int b = heldAt < heldEnd ? held[heldAt++] & 0xFF : cured(source.read());
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
      throw UnreadableFile.beyond(e);
    }
    if (!isSpace(b)) {
      isBlank = false;
      isValueNext = b == ':' && !wasInText;
    }
  }

  /** What was read before a fault is told first. */
  @Override
  public int read(byte[] into, int from, int length) throws IOException {
    int count = 0;
    try {
      for (int b = 0; count < length && (b = read()) >= 0; count++) {
        into[from + count] = (byte) b;
      }
    } catch (UnreadableFile e) {
      fault = e;
      if (count == 0) {
        throw e;
      }
    }
    return count == 0 && length > 0 ? -1 : count;
  }

  private int cured(int b) throws IOException {
    if (b == '\\') {
      return escape();
    }
    return isValueNext && b >= 0 && !isSpace(b) && "\"{[]},:".indexOf(b) < 0 ? unquoted(b) : b;
  }

  /** After a backslash: the next byte belongs to it, so that an escaped backslash or quote is not taken for a bare one. */
  private int escape() throws IOException {
    int b = source.read();
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

  /** The value is a word of JSON, or a text without quotes up to the end of its line. Every byte is looked at a few times. */
  private int unquoted(int first) throws IOException {
    heldAt = 0;
    heldEnd = 0;
    boolean mayBeLiteral = true;
    int b = first;
    while (b >= 0) {
      held[heldEnd++] = (byte) b;
      boolean isEndOfLiteral = mayBeLiteral && (b == ',' || b == '}' || b == ']');
      if (b == '\n' || heldEnd == LONGEST_UNQUOTED || isEndOfLiteral && isLiteral(heldEnd - 1)) {
        break;
      }
      mayBeLiteral &= !isEndOfLiteral;
      b = source.read();
    }
    if (b == '\n') {
      quote();
    }
    return held[heldAt++] & 0xFF;
  }

  /** Whether the first held bytes are a number, true, false or null, and white space after it. */
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

  /** Puts quotes around what is held up to the end of the line, unless it is a literal or ends with a bracket. */
  private void quote() {
    String value = new String(held, 0, heldEnd, StandardCharsets.UTF_8).strip();
    String comma = value.endsWith(",") ? "," : "";
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
