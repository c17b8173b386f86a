package tasktracker.platform.security;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.web.LocalUrl;
import tasktracker.platform.web.Problem;
import tasktracker.platform.web.LocalizedMessage;

/**
 * A request whose body has a limit, whoever reads it and whatever was announced: the bytes are counted while they are
 * read. What turns bodies into objects keeps all of them in memory, so the limit is small unless the matched method asks
 * for another by {@link MaxBody}. The server inflates no bodies (server.xml), so these are the bytes that were sent.
 *
 * <p>Form fields are read here, in time linear to the body, instead of by the container. One thread at a time.
 */
final class BoundedRequest extends HttpServletRequestWrapper {

  /** In bytes; nginx lets through as much. */
  static final long USUAL_LIMIT = 2L << 20;
  /** In bytes, of a form without files. */
  static final int LONGEST_FORM = 1 << 20;
  private static final String ATTRIBUTE = BoundedRequest.class.getName();

  /** From the first byte on, for bodies that are not streamed: who sends one byte a minute would hold a thread for hours. */
  private static final long LONGEST_READING_NS = Duration.ofSeconds(30).toNanos();

  /** Streamed bodies must come this fast on average after the first minute: few are taken at a time. */
  private static final long LEAST_BYTES_A_SECOND = 1 << 10;
  private static final long SLOW_START_NS = Duration.ofMinutes(1).toNanos();

  private long limit = USUAL_LIMIT;
  private boolean isStreamed;
  private @Nullable Bounded stream;
  private @Nullable BufferedReader reader;
  private @Nullable Map<String, String[]> fields;

  private BoundedRequest(HttpServletRequest request) {
    super(request);
  }

  static BoundedRequest wrap(HttpServletRequest request) {
    BoundedRequest bounded = new BoundedRequest(request);
    request.setAttribute(ATTRIBUTE, bounded);
    return bounded;
  }

  /** The one that {@link AuthenticationFilter} made of this request. */
  static BoundedRequest of(HttpServletRequest request) {
    return Optional.ofNullable((BoundedRequest) request.getAttribute(ATTRIBUTE))
        .orElseThrow(() -> new IllegalStateException("This request did not come through the authentication filter"));
  }

  /**
   * Sets how many bytes the body may have.
   *
   * @throws Problem 413 when more are announced
   */
  void limitTo(long bytes) {
    limit = bytes;
    if (getContentLengthLong() > limit) {
      throw tooLarge("problem.body.large");
    }
  }

  /** The method streams the body, and refuses in its own words what announces more. */
  void streamUpTo(long bytes) {
    limit = bytes;
    isStreamed = true;
  }

  /** Without characters at which those who parse it would fail. */
  @Override
  public @Nullable String getQueryString() {
    String query = super.getQueryString();
    return query == null ? null : LocalUrl.encodeIllegal(query);
  }

  @Override
  public ServletInputStream getInputStream() throws IOException {
    if (stream == null) {
      stream = new Bounded(super.getInputStream());
    }
    return stream;
  }

  @Override
  public BufferedReader getReader() throws IOException {
    if (reader == null) {
      reader = new BufferedReader(new InputStreamReader(getInputStream(), StandardCharsets.UTF_8));
    }
    return reader;
  }

  @Override
  public @Nullable String getParameter(String name) {
    String[] values = fields().get(name);
    return values == null ? null : values[0];
  }

  @Override
  public String @Nullable [] getParameterValues(String name) {
    return fields().get(name);
  }

  @Override
  public Map<String, String[]> getParameterMap() {
    return Collections.unmodifiableMap(fields());
  }

  @Override
  public Enumeration<String> getParameterNames() {
    return Collections.enumeration(fields().keySet());
  }

  private Map<String, String[]> fields() {
    if (fields == null) {
      FormFields read = new FormFields();
      read.add(getQueryString());
      if (FormFields.isForm(getContentType())) {
        read.add(form());
      }
      fields = read.values();
    }
    return fields;
  }

  private String form() {
    try {
      byte[] bytes = getInputStream().readNBytes(LONGEST_FORM + 1);
      if (bytes.length > LONGEST_FORM) {
        throw tooLarge("problem.form.large");
      }
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw Problem.badRequest(LocalizedMessage.of("problem.status.400"));
    }
  }

  /** Whether a body of which so many bytes came in that time is given up. */
  static boolean isTooSlow(boolean isStreamed, long bytes, long nanoseconds) {
    if (!isStreamed) {
      return nanoseconds > LONGEST_READING_NS;
    }
    return nanoseconds > SLOW_START_NS && bytes < Duration.ofNanos(nanoseconds).toSeconds() * LEAST_BYTES_A_SECOND;
  }

  private static Problem tooLarge(String words) {
    return new Problem(413, "Content too large", LocalizedMessage.of(words));
  }

  /** Counts what is read. */
  private final class Bounded extends ServletInputStream {
    private final ServletInputStream in;
    private final long begunNs = System.nanoTime();
    private long count;

    Bounded(ServletInputStream in) {
      this.in = in;
    }

    @Override
    public int read() throws IOException {
      int one = in.read();
      counted(one < 0 ? 0 : 1);
      return one;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
      int many = in.read(into, from, length);
      counted(Math.max(0, many));
      return many;
    }

    private void counted(int more) {
      count += more;
      if (count > limit) {
        throw tooLarge("problem.body.large");
      }
      if (isTooSlow(isStreamed, count, System.nanoTime() - begunNs)) {
        throw new Problem(408, "Request timeout", LocalizedMessage.of("problem.body.slow"));
      }
    }

    @Override
    public int available() throws IOException {
      return in.available();
    }

    @Override
    public boolean isFinished() {
      return in.isFinished();
    }

    @Override
    public boolean isReady() {
      return in.isReady();
    }

    @Override
    public void setReadListener(ReadListener listener) {
      in.setReadListener(listener);
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}
