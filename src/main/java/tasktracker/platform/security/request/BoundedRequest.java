package tasktracker.platform.security.request;

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
import tasktracker.platform.security.access.AuthenticationFilter;
import tasktracker.platform.web.LocalUrl;
import tasktracker.platform.web.LocalizedMessage;
import tasktracker.platform.web.problem.Problem;

/**
 * A request with a limit on its body. Bytes are counted while they are read, whatever the headers announce. Readers of
 * entities hold the whole body in memory, so the limit is small unless the matched method has another one by {@link
 * MaxBody}. The server does not decompress bodies (server.xml), so the counted bytes are those that were sent.
 *
 * <p>Form fields are parsed here in linear time, instead of by the container. Not thread-safe.
 */
public final class BoundedRequest extends HttpServletRequestWrapper {

  /** Bytes; the limit of nginx is the same. */
  public static final long DEFAULT_LIMIT = 2L << 20;
  /** Maximum bytes of a form without files. */
  static final int MAX_FORM_BYTES = 1 << 20;
  private static final String ATTRIBUTE = BoundedRequest.class.getName();

  /** Time limit for bodies that are not streamed. A slow sender would otherwise occupy a thread for hours. */
  private static final long READ_TIMEOUT_NS = Duration.ofSeconds(30).toNanos();

  /** Minimum average rate of streamed bodies after the grace period, because few uploads run at a time. */
  private static final long MIN_BYTES_PER_SECOND = 1 << 10;
  private static final long GRACE_PERIOD_NS = Duration.ofMinutes(1).toNanos();

  private long limit = DEFAULT_LIMIT;
  private boolean isStreamed;
  private @Nullable CountingStream stream;
  private @Nullable BufferedReader reader;
  private @Nullable Map<String, String[]> fields;

  private BoundedRequest(HttpServletRequest request) {
    super(request);
  }

  /** Wraps a request, with {@link #DEFAULT_LIMIT} for its body; {@link #of} finds the wrapper later. */
  public static BoundedRequest wrap(HttpServletRequest request) {
    BoundedRequest bounded = new BoundedRequest(request);
    request.setAttribute(ATTRIBUTE, bounded);
    return bounded;
  }

  /** The wrapper that {@link AuthenticationFilter} created for this request. */
  public static BoundedRequest of(HttpServletRequest request) {
    return Optional.ofNullable((BoundedRequest) request.getAttribute(ATTRIBUTE))
        .orElseThrow(() -> new IllegalStateException("This request did not come through the authentication filter"));
  }

  /**
   * Sets the maximum bytes of the body.
   *
   * @throws Problem 413 when its Content-Length is larger
   */
  public void limitTo(long bytes) {
    limit = bytes;
    if (getContentLengthLong() > limit) {
      throw tooLarge("problem.body.large");
    }
  }

  /** Sets the limit of a method that streams the body and checks its Content-Length itself. */
  public void streamUpTo(long bytes) {
    limit = bytes;
    isStreamed = true;
  }

  /** Illegal characters are encoded, because parsers of the query would fail on them. */
  @Override
  public @Nullable String getQueryString() {
    String query = super.getQueryString();
    return query == null ? null : LocalUrl.encodeIllegal(query);
  }

  @Override
  public ServletInputStream getInputStream() throws IOException {
    if (stream == null) {
      stream = new CountingStream(super.getInputStream());
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
      byte[] bytes = getInputStream().readNBytes(MAX_FORM_BYTES + 1);
      if (bytes.length > MAX_FORM_BYTES) {
        throw tooLarge("problem.form.large");
      }
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw Problem.badRequest(LocalizedMessage.of("problem.status.400"));
    }
  }

  /** True when a body that has sent this many bytes in that time is refused. */
  public static boolean isTooSlow(boolean isStreamed, long bytes, long nanoseconds) {
    if (!isStreamed) {
      return nanoseconds > READ_TIMEOUT_NS;
    }
    return nanoseconds > GRACE_PERIOD_NS && bytes < Duration.ofNanos(nanoseconds).toSeconds() * MIN_BYTES_PER_SECOND;
  }

  private static Problem tooLarge(String words) {
    return new Problem(413, "Content too large", LocalizedMessage.of(words));
  }

  /** Counts the bytes that are read. */
  private final class CountingStream extends ServletInputStream {
    private final ServletInputStream in;
    private final long startNs = System.nanoTime();
    private long count;

    CountingStream(ServletInputStream in) {
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
      if (isTooSlow(isStreamed, count, System.nanoTime() - startNs)) {
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
