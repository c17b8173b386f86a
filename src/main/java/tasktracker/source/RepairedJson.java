package tasktracker.source;

import jakarta.json.Json;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParserFactory;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import tasktracker.message.IncomingMessage;
import tasktracker.platform.web.JsonLimitExceeded;
import tasktracker.platform.web.JsonLimits;
import tasktracker.platform.web.JsonScanner;
import tasktracker.platform.web.UntrustedJson;

/**
 * The bytes of a JSON file that a stranger made. Cures what Telegram Desktop writes for control characters: {@code
 * \xNN}, which no JSON parser accepts, becomes a proper escape. On the way it sees to it that nothing fills the memory:
 * what no export has is refused, and a text is cut where it is longer than any that is kept. A byte order mark is left
 * out.
 */
public final class RepairedJson extends InputStream {

  private static final JsonLimits LIMITS = new JsonLimits(200, Long.MAX_VALUE, 1_000, Integer.MAX_VALUE);
  /** Characters that are told of a text. Whoever is told so many knows that it is longer than a message's may be. */
  public static final int MOST_OF_A_TEXT = 2 * IncomingMessage.LONGEST_TEXT + 1;
  /** More than any chat's message takes in memory, in bytes; a larger one is passed over. */
  private static final int LARGEST_OBJECT = 2 << 20;
  /** Parsson from 1.1.8 on stops after 15 million characters unless it is told otherwise; exports are longer. */
  private static final JsonParserFactory PARSERS =
      Json.createParserFactory(Map.of("org.eclipse.parsson.maxParsingLimit", Integer.MAX_VALUE));

  private final InputStream source;
  private final JsonScanner scanner = new JsonScanner(LIMITS);
  private final byte[] buffer = new byte[1 << 13];
  private int at;
  private int end;
  private final int[] held = new int[6];
  private int heldAt;
  private int heldEnd;
  private boolean begun;

  public RepairedJson(InputStream source) {
    this.source = source;
  }

  /** A parser of these bytes, which must be UTF-8. */
  public JsonParser parser() {
    return PARSERS.createParser(this, StandardCharsets.UTF_8);
  }

  /** The object at whose start the parser stands; nothing when it is larger than any message is. */
  public static Optional<LenientJson> row(JsonParser json) {
    return UntrustedJson.object(json, LARGEST_OBJECT).map(LenientJson::new);
  }

  @Override
  public int read() throws IOException {
    int b = scanned();
    if (scanner.isBeyond(MOST_OF_A_TEXT)) {
      while (b >= 0 && scanner.isInText()) {
        b = scanned();
      }
    }
    return b;
  }

  private int scanned() throws IOException {
    int b = heldAt < heldEnd ? held[heldAt++] : cured(raw());
    if (b >= 0) {
      scan(b);
    }
    return b;
  }

  private void scan(int b) {
    try {
      scanner.accept(b);
    } catch (JsonLimitExceeded e) {
      throw UnreadableFile.beyond(e);
    }
  }

  @Override
  public int read(byte[] into, int from, int length) throws IOException {
    int count = 0;
    for (int b = 0; count < length && (b = read()) >= 0; count++) {
      into[from + count] = (byte) b;
    }
    return count == 0 && length > 0 ? -1 : count;
  }

  private int cured(int b) throws IOException {
    return b == '\\' ? escape() : b;
  }

  /** After a backslash: the next byte belongs to it, so that an escaped backslash or quote is not taken for a bare one. */
  private int escape() throws IOException {
    int b = raw();
    if (b != 'x') {
      hold(b);
      return '\\';
    }
    int high = raw();
    int low = raw();
    if (isHex(high) && isHex(low)) {
      hold('u', '0', '0', high, low);
    } else {
      hold('x', high, low);
    }
    return '\\';
  }

  private void hold(int... bytes) {
    heldAt = 0;
    heldEnd = 0;
    for (int b : bytes) {
      if (b >= 0) {
        held[heldEnd++] = b;
      }
    }
  }

  private static boolean isHex(int b) {
    return b >= '0' && b <= '9' || b >= 'A' && b <= 'F' || b >= 'a' && b <= 'f';
  }

  private int raw() throws IOException {
    if (at == end) {
      end = Math.max(0, source.read(buffer));
      at = !begun && end >= 3 && buffer[0] == (byte) 0xEF && buffer[1] == (byte) 0xBB && buffer[2] == (byte) 0xBF ? 3 : 0;
    }
    begun = true;
    return at < end ? buffer[at++] & 0xFF : -1;
  }

  @Override
  public void close() throws IOException {
    source.close();
  }
}
