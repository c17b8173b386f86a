package tasktracker.source;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.web.Problem;
import tasktracker.platform.web.LocalizedMessage;

/**
 * A {@code multipart/form-data} body (RFC 7578), one part after another, never more than a buffer of it in memory: what
 * the platform offers would first put gigabytes aside. Bounded in parts, in the headers and name of each, and in bytes
 * as a whole. Each byte is looked at a bounded number of times, however near to a boundary it comes.
 */
final class MultipartReader {

  private static final int LONGEST_HEADER = 8192;
  private static final int LONGEST_NAME = 100;
  private static final int MOST_PARTS = 30;
  /** What a form has beside its file: boundaries, headers and small fields, in bytes. */
  private static final long BESIDE_THE_FILE = 1 << 20;
  private static final String END_OF_HEADERS = "\r\n\r\n";
  private static final Pattern BOUNDARY = Pattern.compile("boundary=(?:\"([^\"]{1,70})\"|([^;\\s]{1,70}))", Pattern.CASE_INSENSITIVE);
  private static final Pattern NAME = Pattern.compile("[;\\s]name=\"([^\"]*)\"", Pattern.CASE_INSENSITIVE);
  private static final Pattern FILE_NAME = Pattern.compile("[;\\s]filename=\"([^\"]*)\"", Pattern.CASE_INSENSITIVE);

  /**
   * One part.
   *
   * @param fileName as the browser tells it, or null for a plain field
   */
  record Part(String name, @Nullable String fileName, InputStream body) {

    /** The text of a small field. */
    String text() throws IOException {
      byte[] bytes = body.readNBytes(10_001);
      if (bytes.length > 10_000) {
        throw Problem.unprocessable(LocalizedMessage.of("problem.upload.field", name));
      }
      return new String(bytes, StandardCharsets.UTF_8).strip();
    }
  }

  private final InputStream in;
  private final byte[] delimiter;
  private final byte[] buffer = new byte[1 << 16];
  private int at;
  private int end;
  private boolean exhausted;
  private @Nullable Body open;
  private int parts;
  private final long largestFile;
  private long left;

  private MultipartReader(InputStream in, String boundary, long largestFile) {
    this.in = in;
    this.largestFile = largestFile;
    this.left = largestFile + BESIDE_THE_FILE;
    this.delimiter = ("\r\n--" + boundary).getBytes(StandardCharsets.ISO_8859_1);
    // The first boundary has no line before it; now it has.
    buffer[0] = '\r';
    buffer[1] = '\n';
    end = 2;
  }

  /**
   * Begins to read a form.
   *
   * @param largestFile bytes of the file in it at most; a body that is longer by more than a mebibyte ends with 413
   * @throws Problem 415 when the type is another one or has no boundary
   */
  static MultipartReader of(@Nullable String contentType, InputStream in, long largestFile) {
    Matcher boundary = BOUNDARY.matcher(contentType == null ? "" : contentType);
    if (contentType == null || !contentType.toLowerCase(Locale.ROOT).startsWith("multipart/form-data") || !boundary.find()) {
      throw new Problem(415, "Unsupported media type", LocalizedMessage.of("problem.upload.type"));
    }
    return new MultipartReader(in, boundary.group(1) == null ? boundary.group(2) : boundary.group(1), largestFile);
  }

  /** The next part, or null after the last; what was left unread of the one before is passed over. */
  @Nullable Part next() throws IOException {
    if (++parts > MOST_PARTS) {
      throw Problem.badRequest(LocalizedMessage.of("problem.upload.fields"));
    }
    (open == null ? new Body() : open).transferTo(OutputStream.nullOutputStream());
    at += delimiter.length;
    if (matches("--")) {
      return null;
    }
    String headers = headers();
    Matcher name = NAME.matcher(headers);
    Matcher fileName = FILE_NAME.matcher(headers);
    open = new Body();
    return new Part(name.find() ? checked(name.group(1)) : "", fileName.find() ? fileName.group(1) : null, open);
  }

  private boolean matches(String text) throws IOException {
    need(2);
    return end - at >= 2 && buffer[at] == text.charAt(0) && buffer[at + 1] == text.charAt(1);
  }

  private static String checked(String name) {
    if (name.length() > LONGEST_NAME) {
      throw Problem.badRequest(LocalizedMessage.of("problem.upload.fields"));
    }
    return name;
  }

  /** All lines up to the empty one; the first is what is left of the boundary's own. */
  private String headers() throws IOException {
    ByteArrayOutputStream headers = new ByteArrayOutputStream();
    int matched = 0;
    while (matched < END_OF_HEADERS.length()) {
      need(1);
      if (at == end || headers.size() > LONGEST_HEADER) {
        throw broken();
      }
      byte b = buffer[at++];
      headers.write(b);
      matched = b == END_OF_HEADERS.charAt(matched) ? matched + 1 : b == '\r' ? 1 : 0;
    }
    return headers.toString(StandardCharsets.UTF_8);
  }

  private static Problem broken() {
    return Problem.badRequest(LocalizedMessage.of("problem.upload.end"));
  }

  /** Sees to it that so many bytes are in the buffer, unless the end comes before. */
  private void need(int count) throws IOException {
    if (end - at < count && !exhausted) {
      System.arraycopy(buffer, at, buffer, 0, end - at);
      end -= at;
      at = 0;
      while (end < buffer.length && !exhausted) {
        int read = in.read(buffer, end, buffer.length - end);
        exhausted = read < 0;
        end += Math.max(0, read);
        spend(read);
      }
    }
  }

  private void spend(int bytes) {
    left -= Math.max(0, bytes);
    if (left < 0) {
      throw UploadReceiver.tooLarge(largestFile);
    }
  }

  /** The bytes up to the next boundary. */
  private final class Body extends InputStream {

    private int sure;
    private boolean ended;

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int from, int wanted) throws IOException {
      if (sure == 0 && !look()) {
        return -1;
      }
      int count = Math.min(wanted, sure);
      System.arraycopy(buffer, at, into, from, count);
      at += count;
      sure -= count;
      return count;
    }

    /** Finds out how many bytes from here on surely belong to this part. */
    private boolean look() throws IOException {
      if (ended) {
        return false;
      }
      need(delimiter.length + 1);
      int boundary = find();
      ended = boundary == at;
      if (boundary < 0 && exhausted) {
        throw broken();
      }
      sure = (boundary < 0 ? end - delimiter.length + 1 : boundary) - at;
      return !ended;
    }

    private int find() {
      for (int i = at; i <= end - delimiter.length; i++) {
        if (buffer[i] == '\r' && Arrays.equals(buffer, i, i + delimiter.length, delimiter, 0, delimiter.length)) {
          return i;
        }
      }
      return -1;
    }
  }
}
