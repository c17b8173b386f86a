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
import tasktracker.platform.web.LocalizedMessage;
import tasktracker.platform.web.problem.Problem;

/**
 * Reads a {@code multipart/form-data} body (RFC 7578) part by part with a fixed buffer; the platform's parser would
 * first write gigabytes to disk. The number of parts, the headers and name of each, and the total size are limited.
 * Each byte is examined a bounded number of times, whatever the content.
 */
final class MultipartReader {

  private static final int MAX_HEADER_BYTES = 8192;
  private static final int MAX_NAME_LENGTH = 100;
  private static final int MAX_PARTS = 30;
  /** Bytes of a form besides its file: boundaries, headers and small fields. */
  private static final long FORM_OVERHEAD_BYTES = 1 << 20;
  private static final String END_OF_HEADERS = "\r\n\r\n";
  private static final Pattern BOUNDARY = Pattern.compile("boundary=(?:\"([^\"]{1,70})\"|([^;\\s]{1,70}))", Pattern.CASE_INSENSITIVE);
  private static final Pattern NAME = Pattern.compile("[;\\s]name=\"([^\"]*)\"", Pattern.CASE_INSENSITIVE);
  private static final Pattern FILE_NAME = Pattern.compile("[;\\s]filename=\"([^\"]*)\"", Pattern.CASE_INSENSITIVE);

  /**
   * One part.
   *
   * @param fileName as the browser sends it, or null for a plain field
   */
  record Part(String name, @Nullable String fileName, InputStream body) {

    /** The value of a small field. */
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
  private @Nullable PartInputStream open;
  private int parts;
  private final long largestFile;
  private long left;

  private MultipartReader(InputStream in, String boundary, long largestFile) {
    this.in = in;
    this.largestFile = largestFile;
    this.left = largestFile + FORM_OVERHEAD_BYTES;
    this.delimiter = ("\r\n--" + boundary).getBytes(StandardCharsets.ISO_8859_1);
    // The delimiter starts with a line break, which the first boundary lacks.
    buffer[0] = '\r';
    buffer[1] = '\n';
    end = 2;
  }

  /**
   * Starts to read a form.
   *
   * @param largestFile maximum bytes of its file; a body that exceeds it by more than a mebibyte is rejected with 413
   * @throws Problem 415 when the content type is another one or has no boundary
   */
  static MultipartReader of(@Nullable String contentType, InputStream in, long largestFile) {
    Matcher boundary = BOUNDARY.matcher(contentType == null ? "" : contentType);
    if (contentType == null || !contentType.toLowerCase(Locale.ROOT).startsWith("multipart/form-data") || !boundary.find()) {
      throw new Problem(415, "Unsupported media type", LocalizedMessage.of("problem.upload.type"));
    }
    return new MultipartReader(in, boundary.group(1) == null ? boundary.group(2) : boundary.group(1), largestFile);
  }

  /** The next part, or null after the last; unread bytes of the previous part are skipped. */
  @Nullable
  Part next() throws IOException {
    if (++parts > MAX_PARTS) {
      throw Problem.badRequest(LocalizedMessage.of("problem.upload.fields"));
    }
    (open == null ? new PartInputStream() : open).transferTo(OutputStream.nullOutputStream());
    at += delimiter.length;
    if (matches("--")) {
      return null;
    }
    String headers = headers();
    Matcher name = NAME.matcher(headers);
    Matcher fileName = FILE_NAME.matcher(headers);
    open = new PartInputStream();
    return new Part(name.find() ? checked(name.group(1)) : "", fileName.find() ? fileName.group(1) : null, open);
  }

  private boolean matches(String text) throws IOException {
    fill(2);
    return end - at >= 2 && buffer[at] == text.charAt(0) && buffer[at + 1] == text.charAt(1);
  }

  private static String checked(String name) {
    if (name.length() > MAX_NAME_LENGTH) {
      throw Problem.badRequest(LocalizedMessage.of("problem.upload.fields"));
    }
    return name;
  }

  /** All lines up to the empty line; the first is the rest of the boundary line. */
  private String headers() throws IOException {
    ByteArrayOutputStream headers = new ByteArrayOutputStream();
    int matched = 0;
    while (matched < END_OF_HEADERS.length()) {
      fill(1);
      if (at == end || headers.size() > MAX_HEADER_BYTES) {
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

  /** Fills the buffer to at least that many bytes, unless the body ends before. */
  private void fill(int count) throws IOException {
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

  /** The bytes of a part, up to the next boundary. */
  private final class PartInputStream extends InputStream {

    private int available;
    private boolean ended;

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int from, int wanted) throws IOException {
      if (available == 0 && !findBoundary()) {
        return -1;
      }
      int count = Math.min(wanted, available);
      System.arraycopy(buffer, at, into, from, count);
      at += count;
      available -= count;
      return count;
    }

    /** Determines how many of the next bytes certainly belong to this part. */
    private boolean findBoundary() throws IOException {
      if (ended) {
        return false;
      }
      fill(delimiter.length + 1);
      int boundary = indexOfDelimiter();
      ended = boundary == at;
      if (boundary < 0 && exhausted) {
        throw broken();
      }
      available = (boundary < 0 ? end - delimiter.length + 1 : boundary) - at;
      return !ended;
    }

    private int indexOfDelimiter() {
      for (int i = at; i <= end - delimiter.length; i++) {
        if (buffer[i] == '\r' && Arrays.equals(buffer, i, i + delimiter.length, delimiter, 0, delimiter.length)) {
          return i;
        }
      }
      return -1;
    }
  }
}
