package tasktracker.platform.security;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Builds a request as a browser or a program would send it. */
public final class TestRequest {

  private final String method;
  private final String uri;
  private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  private final List<Cookie> cookies = new ArrayList<>();
  private final Map<String, Object> attributes = new HashMap<>();
  private byte[] body = {};
  private String address = "127.0.0.1";

  private TestRequest(String method, String uri) {
    this.method = method;
    this.uri = uri;
    headers.put("Host", "tracker.example");
  }

  public static TestRequest get(String uri) {
    return new TestRequest("GET", uri);
  }

  public static TestRequest post(String uri) {
    return new TestRequest("POST", uri);
  }

  public TestRequest with(String header, String value) {
    headers.put(header, value);
    return this;
  }

  public TestRequest cookie(String name, String value) {
    cookies.add(new Cookie(name, value));
    return this;
  }

  TestRequest form(String body) {
    this.body = body.getBytes(StandardCharsets.UTF_8);
    return with("Content-Type", "application/x-www-form-urlencoded");
  }

  TestRequest body(String text) {
    this.body = text.getBytes(StandardCharsets.UTF_8);
    return this;
  }

  /** Whose end of the connection this is. */
  public TestRequest from(String address) {
    this.address = address;
    return this;
  }

  public HttpServletRequest request() {
    return (HttpServletRequest) Proxy.newProxyInstance(TestRequest.class.getClassLoader(), new Class<?>[]{HttpServletRequest.class},
        (proxy, called, arguments) -> switch (called.getName()) {
          case "getMethod" -> method;
          case "getRequestURI" -> uri.split("\\?")[0];
          case "getQueryString" -> uri.contains("?") ? uri.substring(uri.indexOf('?') + 1) : null;
          case "getHeader" -> headers.get((String) arguments[0]);
          case "getHeaders" -> java.util.Collections.enumeration(headers.containsKey((String) arguments[0])
              ? List.of(headers.get((String) arguments[0]))
              : List.of());
          case "getRemoteAddr" -> address;
          case "getAttribute" -> attributes.get((String) arguments[0]);
          case "setAttribute" -> attributes.put((String) arguments[0], arguments[1]);
          case "getContentType" -> headers.get("Content-Type");
          case "getCookies" -> cookies.isEmpty() ? null : cookies.toArray(Cookie[]::new);
          case "getLocale" -> Locale.forLanguageTag(headers.getOrDefault("Accept-Language", "en"));
          case "getContentLengthLong" -> Long.valueOf(headers.getOrDefault("Content-Length", "-1"));
          case "getInputStream" -> new Replay(body);
          default -> throw new UnsupportedOperationException(called.getName());
        });
  }

  /** Bytes that are there already, as the stream of a request. */
  private static final class Replay extends ServletInputStream {
    private final ByteArrayInputStream in;

    Replay(byte[] bytes) {
      this.in = new ByteArrayInputStream(bytes);
    }

    @Override
    public int read() {
      return in.read();
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
      throw new UnsupportedOperationException();
    }
  }
}
