package tasktracker.harness;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Sends raw HTTP requests, including invalid ones, from any loopback address. */
public final class RawHttp {

  /** The only address whose X-Forwarded-For header the shared product trusts. */
  public static final String PROXY = "127.0.0.2";
  private static final int TIMEOUT_MS = 20_000;
  private static final int MAX_RESPONSE_LENGTH = 1 << 20;
  private final URI server;
  private final String from;

  private RawHttp(URI server, String from) {
    this.server = server;
    this.from = from;
  }

  /** A client that connects from 127.0.0.1. */
  public static RawHttp to(String url) {
    return new RawHttp(URI.create(url), "127.0.0.1");
  }

  /** A copy that connects from another loopback address. */
  public RawHttp from(String address) {
    return new RawHttp(server, address);
  }

  /**
   * A response.
   *
   * @param status 0 when the connection was closed without a response
   * @param headers by name in lower case; values of a repeated header are separated by newlines
   */
  public record Reply(int status, Map<String, String> headers, String body) {

    public Optional<String> header(String name) {
      return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }
  }

  /** Sends a request without a body; "Host" and "Connection: close" are added when missing. */
  public Reply send(String method, String target, Map<String, String> headers) {
    return send(method, target, headers, new byte[0]);
  }

  /** Sends a request with a body; its length is not added to the headers. */
  public Reply send(String method, String target, Map<String, String> headers, byte[] body) {
    Map<String, String> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    all.put("Host", server.getAuthority());
    all.put("Connection", "close");
    all.putAll(headers);
    String head = method + " " + target + " HTTP/1.1\r\n"
        + all.entrySet().stream().map(h -> h.getKey() + ": " + h.getValue() + "\r\n").collect(Collectors.joining()) + "\r\n";
    try (Socket socket = open()) {
      socket.getOutputStream().write(head.getBytes(StandardCharsets.UTF_8));
      socket.getOutputStream().write(body);
      socket.getOutputStream().flush();
      return reply(socket.getInputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends a request with an incomplete body; the caller closes the connection. */
  public Socket leave(String method, String target, Map<String, String> headers, byte[] body) {
    String head = method + " " + target + " HTTP/1.1\r\nHost: " + server.getAuthority() + "\r\n"
        + headers.entrySet().stream().map(h -> h.getKey() + ": " + h.getValue() + "\r\n").collect(Collectors.joining()) + "\r\n";
    try {
      Socket socket = open();
      socket.getOutputStream().write(head.getBytes(StandardCharsets.UTF_8));
      socket.getOutputStream().write(body);
      return socket;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Socket open() throws IOException {
    Socket socket = new Socket();
    socket.bind(new InetSocketAddress(InetAddress.getByName(from), 0));
    socket.connect(new InetSocketAddress(server.getHost(), server.getPort()), TIMEOUT_MS);
    socket.setSoTimeout(TIMEOUT_MS);
    return socket;
  }

  /** Reads until the end of the connection, or the end of the headers after an upgrade. */
  private static Reply reply(InputStream in) throws IOException {
    String head = head(in);
    List<String> lines = head.lines().toList();
    int status = lines.isEmpty() ? 0 : Integer.parseInt(lines.getFirst().split(" ")[1]);
    Map<String, String> headers = lines.stream().skip(1).map(line -> line.split(": ?", 2)).filter(pair -> pair.length == 2)
        .collect(Collectors.toMap(pair -> pair[0].toLowerCase(Locale.ROOT), pair -> pair[1], (a, b) -> a + "\n" + b));
    // Otherwise client and server would wait for each other when the request is incomplete.
    int length = Integer.parseInt(headers.getOrDefault("content-length", String.valueOf(MAX_RESPONSE_LENGTH)));
    String body = status == 101 ? "" : new String(in.readNBytes(Math.min(length, MAX_RESPONSE_LENGTH)), StandardCharsets.UTF_8);
    return new Reply(status, headers, body);
  }

  private static String head(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    int last = 0;
    for (int b = in.read(); b >= 0 && last != 0x0d0a0d0a; b = last == 0x0d0a0d0a ? b : in.read()) {
      head.write(b);
      last = last << 8 | b;
    }
    return head.toString(StandardCharsets.UTF_8);
  }
}
