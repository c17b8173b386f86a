package tasktracker.harness;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;

/**
 * A raw WebSocket client for protocol violations: it sends any frames, byte by byte if wanted, and reads only on request.
 * {@link tasktracker.harness.TestSocket} is a well-behaved client.
 */
public final class RawSocket implements AutoCloseable {

  public static final int CONTINUATION = 0x0;
  public static final int TEXT = 0x1;
  public static final int BINARY = 0x2;
  public static final int CLOSE = 0x8;
  public static final int PING = 0x9;
  public static final int PONG = 0xA;
  public static final int FINAL = 0x80;
  private static final byte[] MASK = {1, 2, 3, 4};

  /** A frame of the server. */
  public record Frame(int opcode, byte[] payload) {

    public String text() {
      return new String(payload, StandardCharsets.UTF_8);
    }
  }

  private final Socket socket;
  private final DataInputStream in;
  private final OutputStream out;
  private final int status;
  private final Map<String, String> headers = new HashMap<>();

  private RawSocket(String url, int receiveBuffer, Map<String, String> asked) throws IOException {
    URI address = URI.create(url);
    socket = new Socket();
    if (receiveBuffer > 0) {
      socket.setReceiveBufferSize(receiveBuffer);
    }
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(30_000);
    socket.connect(new InetSocketAddress(address.getHost(), address.getPort()), 10_000);
    in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), 4096));
    out = socket.getOutputStream();
    var request = new StringBuilder("GET " + address.getRawPath() + (address.getRawQuery() == null ? "" : "?" + address.getRawQuery())
        + " HTTP/1.1\r\nHost: " + address.getAuthority() + "\r\n");
    var sent = new HashMap<>(Map.of("Upgrade", "websocket", "Connection", "Upgrade", "Sec-WebSocket-Version", "13",
        "Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="));
    sent.putAll(asked);
    sent.values().removeIf(String::isEmpty);
    sent.forEach((name, value) -> request.append(name).append(": ").append(value).append("\r\n"));
    out.write(request.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
    status = Integer.parseInt(line().split(" ")[1]);
    for (String line = line(); !line.isEmpty(); line = line()) {
      headers.put(line.substring(0, line.indexOf(':')).toLowerCase(Locale.ROOT), line.substring(line.indexOf(':') + 1).strip());
    }
  }

  /** @param headers added to those of a valid handshake, or replacing them; an empty one is omitted */
  public static RawSocket open(String url, Map<String, String> headers) {
    return open(url, 0, headers);
  }

  /** @param receiveBuffer size of the receive buffer in bytes; 0 for the system's default */
  public static RawSocket open(String url, int receiveBuffer, Map<String, String> headers) {
    try {
      return new RawSocket(url, receiveBuffer, headers);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String line() throws IOException {
    var line = new StringBuilder();
    for (int next = in.readUnsignedByte(); next != '\n'; next = in.readUnsignedByte()) {
      line.append((char) next);
    }
    return line.toString().strip();
  }

  /** The status of the handshake's response. */
  public int status() {
    return status;
  }

  /** A header of the handshake's response, or an empty text. */
  public String header(String name) {
    return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
  }

  /** Sends a masked frame. @return this */
  public RawSocket send(int firstByte, String payload) {
    return sendBytes(frame(firstByte, payload.getBytes(StandardCharsets.UTF_8)));
  }

  /** Sends only the header of a masked frame with this length. @return this */
  public RawSocket announce(int firstByte, long length) {
    return sendBytes(header(firstByte, length));
  }

  /** Sends raw bytes; errors after the server has closed the connection are ignored. @return this */
  public RawSocket sendBytes(byte... bytes) {
    try {
      out.write(bytes);
    } catch (IOException closed) {
      // Frames that the server has sent before are still read.
    }
    return this;
  }

  /** The bytes of a masked frame. */
  public static byte[] frame(int firstByte, byte[] payload) {
    byte[] header = header(firstByte, payload.length);
    ByteBuffer frame = ByteBuffer.allocate(header.length + payload.length).put(header);
    for (int i = 0; i < payload.length; i++) {
      frame.put((byte) (payload[i] ^ MASK[i % 4]));
    }
    return frame.array();
  }

  private static byte[] header(int firstByte, long length) {
    ByteBuffer header = ByteBuffer.allocate(14).put((byte) firstByte);
    if (length >= 0 && length < 126) {
      header.put((byte) (0x80 | length));
    } else if (length >= 0 && length < 1 << 16) {
      header.put((byte) (0x80 | 126)).putShort((short) length);
    } else {
      header.put((byte) (0x80 | 127)).putLong(length);
    }
    header.put(MASK);
    byte[] bytes = new byte[header.position()];
    header.flip().get(bytes);
    return bytes;
  }

  /** Reads the next frame of the server. @throws UncheckedIOException when the connection has ended */
  public Frame read() {
    try {
      int opcode = in.readUnsignedByte() & 0x0F;
      int length = in.readUnsignedByte();
      byte[] payload = new byte[length == 126 ? in.readUnsignedShort() : length == 127 ? (int) in.readLong() : length];
      in.readFully(payload);
      return new Frame(opcode, payload);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads until a frame passes, and returns it. */
  public Frame await(Predicate<Frame> passes) {
    Frame frame = read();
    while (!passes.test(frame)) {
      frame = read();
    }
    return frame;
  }

  /** Reads until the close frame and returns its code; 1006 when the connection ends without one. */
  public int closeCode() {
    try {
      return ByteBuffer.wrap(await(frame -> frame.opcode() == CLOSE).payload()).getShort();
    } catch (UncheckedIOException gone) {
      return 1006;
    }
  }

  /** Reads to the end; returns whether the server ends the connection. */
  public boolean isEndedByServer() {
    try {
      readToEnd();
      return true;
    } catch (SocketTimeoutException open) {
      return false;
    }
  }

  /** Reads the remaining text until the server ends the connection. */
  public String rest() {
    try {
      return readToEnd();
    } catch (SocketTimeoutException open) {
      throw new AssertionError("The server has not ended the connection", open);
    }
  }

  private String readToEnd() throws SocketTimeoutException {
    var said = new StringBuilder();
    try {
      for (int next = in.read(); next >= 0; next = in.read()) {
        said.append((char) next);
      }
    } catch (SocketTimeoutException open) {
      throw open;
    } catch (IOException reset) {
      // As good as an end.
    }
    return said.toString();
  }

  /** Closes the connection without a close frame. */
  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
