package tasktracker.platform.security;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import tasktracker.platform.web.Problem;
import tasktracker.platform.web.Saying;

/**
 * A body that was read to its end and can be read again. What turns bodies into objects behind the {@link Door} keeps
 * all of them in memory, so nothing that is larger than {@link #LONGEST} comes that far, but for the files of imports,
 * which flow through and have a limit of their own.
 */
class SmallBody extends HttpServletRequestWrapper {

  /** In bytes; nginx lets through as much. */
  static final int LONGEST = 2 << 20;
  private static final Pattern UPLOADS = Pattern.compile("/ingestion/upload/[^/]+|/api/v1/imports");
  protected final byte[] bytes;

  protected SmallBody(HttpServletRequest request, byte[] bytes) {
    super(request);
    this.bytes = bytes;
  }

  /**
   * The request, whose body is small: because it says so, or because it was read.
   *
   * @throws Problem 413 when it is not
   */
  static HttpServletRequest required(HttpServletRequest request) throws IOException {
    if (request instanceof SmallBody || UPLOADS.matcher(request.getRequestURI()).matches()) {
      return request;
    }
    long announced = request.getContentLengthLong();
    if (announced > LONGEST) {
      throw tooLarge("problem.body.large");
    }
    return announced >= 0 ? request : readThrough(request);
  }

  /** A form's fields are known from then on only to what read them. */
  private static SmallBody readThrough(HttpServletRequest request) throws IOException {
    return FormBody.isForm(request) ? FormBody.of(request) : new SmallBody(request, upTo(LONGEST, request, "problem.body.large"));
  }

  /** @throws Problem 413 in these words when there is more */
  protected static byte[] upTo(int longest, HttpServletRequest request, String words) throws IOException {
    byte[] bytes = request.getInputStream().readNBytes(longest + 1);
    if (bytes.length > longest) {
      throw tooLarge(words);
    }
    return bytes;
  }

  private static Problem tooLarge(String words) {
    return new Problem(413, "Too large", Saying.of(words));
  }

  @Override
  public final ServletInputStream getInputStream() {
    return new Replay(bytes);
  }

  @Override
  public final BufferedReader getReader() {
    return new BufferedReader(new InputStreamReader(getInputStream(), StandardCharsets.UTF_8));
  }

  /** Bytes that are there already, as the stream of a request. */
  static final class Replay extends ServletInputStream {
    private final ByteArrayInputStream in;

    Replay(byte[] bytes) {
      this.in = new ByteArrayInputStream(bytes);
    }

    @Override
    public int read() {
      return in.read();
    }

    @Override
    public int read(byte[] into, int from, int length) {
      return in.read(into, from, length);
    }

    @Override
    public boolean isFinished() {
      return in.available() == 0;
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setReadListener(ReadListener listener) {
      throw new IllegalStateException("This body has been read already");
    }
  }
}
