package tasktracker.source;

import jakarta.json.Json;
import jakarta.json.stream.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import tasktracker.platform.web.Saying;

/**
 * The bytes of a JSON file that a stranger made. Cures what Telegram Desktop writes for control characters: {@code \xNN}, which no JSON parser accepts, becomes a
 * proper escape. On the way it sees to it that no text and no message is so long, and nothing so deeply
 * nested, that it would fill the memory. A byte order mark is left out.
 */
public final class CuredJson extends InputStream {

  private static final int LONGEST_TEXT = 4 << 20;
  private static final int LONGEST_MESSAGE = 16 << 20;
  private static final int DEEPEST = 200;

  private final InputStream source;
  private final byte[] buffer = new byte[1 << 13];
  private int at;
  private int end;
  private final int[] held = new int[6];
  private int heldAt;
  private int heldEnd;
  private boolean inText;
  private int textLength;
  private int depth;
  private boolean inMessage;
  private int messageLength;
  private long offset;

  public CuredJson(InputStream source) {
    this.source = source;
  }

  /** A parser of these bytes, which must be UTF-8. */
  public JsonParser parser() {
    return Json.createParserFactory(null).createParser(this, StandardCharsets.UTF_8);
  }

  /** From here on bytes count for one message. */
  public void messageBegins() {
    inMessage = true;
    messageLength = 0;
  }

  /** From here on only texts are bounded: what follows is skipped, not kept. */
  public void messageEnds() {
    inMessage = false;
  }

  @Override
  public int read() throws IOException {
    return heldAt < heldEnd ? held[heldAt++] : counted(raw());
  }

  @Override
  public int read(byte[] into, int from, int length) throws IOException {
    int count = 0;
    for (int b = 0; count < length && (b = read()) >= 0; count++) {
      into[from + count] = (byte) b;
    }
    return count == 0 && length > 0 ? -1 : count;
  }

  private int counted(int b) throws IOException {
    if (inMessage && ++messageLength > LONGEST_MESSAGE) {
      throw UnreadableFile.foreign(Saying.of("problem.file.message.long", String.valueOf(offset)));
    }
    if (b == '"') {
      inText = !inText;
      textLength = 0;
    } else if (inText && ++textLength > LONGEST_TEXT) {
      throw UnreadableFile.foreign(Saying.of("problem.file.text.long", String.valueOf(offset)));
    } else if (!inText) {
      nest(b);
    }
    return b == '\\' ? escape() : b;
  }

  private void nest(int b) {
    depth += b == '{' || b == '[' ? 1 : b == '}' || b == ']' ? -1 : 0;
    if (depth > DEEPEST) {
      throw UnreadableFile.foreign(Saying.of("problem.file.deep", String.valueOf(offset)));
    }
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
      at = offset == 0 && end >= 3 && buffer[0] == (byte) 0xEF && buffer[1] == (byte) 0xBB && buffer[2] == (byte) 0xBF ? 3 : 0;
    }
    offset++;
    return at < end ? buffer[at++] & 0xFF : -1;
  }

  @Override
  public void close() throws IOException {
    source.close();
  }
}
