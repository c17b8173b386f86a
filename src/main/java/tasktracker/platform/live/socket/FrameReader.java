package tasktracker.platform.live.socket;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Parses the WebSocket frames of one client (RFC 6455, 5): text up to a maximum size, and control frames. It validates a
 * frame by its header before it stores any payload, so it never holds more than one message of the maximum size and one
 * control frame, whatever lengths a client announces and however the bytes are split. No extension is negotiated, so
 * the reserved bits must be 0. Not thread-safe; must not be used again after a violation.
 */
class FrameReader {

  /** Receives the frames in their order. */
  interface Events {

    /** A header was read. @throws SocketViolation when the client sends too many frames */
    void frame() throws SocketViolation;

    void text(String message);

    void ping(byte[] payload);

    void pong();

    /** @param code 1005 when the close frame has no code */
    void close(int code);
  }

  static final int MAX_CONTROL_BYTES = 125;
  private static final int CONTINUATION = 0x0;
  private static final int TEXT = 0x1;
  private static final int BINARY = 0x2;
  private static final int CLOSE = 0x8;
  private static final int PING = 0x9;
  private static final int PONG = 0xA;
  private static final int NO_STATUS = 1005;

  private final int maxMessageBytes;
  private final Events events;
  private final byte[] header = new byte[14];
  private final byte[] control = new byte[MAX_CONTROL_BYTES];
  private byte[] message = new byte[0];
  private int headerRead;
  private int headerLength = 2;
  private int payloadRead;
  private int payloadLength;
  private int messageLength;
  private boolean isInMessage;
  private boolean isClosed;

  /** @param maxMessageBytes of a text message, summed over its fragments */
  FrameReader(int maxMessageBytes, Events events) {
    this.maxMessageBytes = maxMessageBytes;
    this.events = events;
  }

  /**
   * Parses the next bytes. Bytes after a close frame are ignored.
   *
   * @throws SocketViolation when the client broke the protocol or a limit and the connection must be closed
   */
  void read(byte[] bytes, int length) throws SocketViolation {
    int at = 0;
    while (!isClosed && (at < length || isFrameComplete())) {
      if (headerRead < headerLength) {
        readHeader(bytes[at++]);
      } else {
        at += readPayload(bytes, at, length);
        if (payloadRead == payloadLength) {
          completeFrame();
        }
      }
    }
  }

  /** A frame with an empty payload is complete without further bytes. */
  private boolean isFrameComplete() {
    return headerRead == headerLength && payloadRead == payloadLength;
  }

  private void readHeader(byte next) throws SocketViolation {
    header[headerRead++] = next;
    if (headerRead == 1) {
      checkOpcode();
    } else if (headerRead == 2) {
      checkLengthAndMask();
    }
    if (headerRead == headerLength) {
      checkSize(announcedLength());
      events.frame();
    }
  }

  private void checkOpcode() throws SocketViolation {
    if ((header[0] & 0x70) != 0) {
      throw broken("Reserved bits must be 0");
    }
    switch (opcode()) {
      case BINARY -> throw new SocketViolation(CloseCode.UNSUPPORTED_DATA, "Only text is accepted");
      case TEXT -> require(!isInMessage, "The message before has not ended");
      case CONTINUATION -> require(isInMessage, "There is no message to continue");
      case CLOSE, PING, PONG -> require(isLast(), "Control frames must not be fragmented");
      default -> throw broken("Unknown opcode");
    }
  }

  private void checkLengthAndMask() throws SocketViolation {
    require((header[1] & 0x80) != 0, "Frames of clients must be masked");
    int length = header[1] & 0x7F;
    require(!isControl() || length <= MAX_CONTROL_BYTES, "Control frames are at most 125 bytes long");
    headerLength = 6 + (length == 126 ? 2 : length == 127 ? 8 : 0);
  }

  /** At most {@link Integer#MAX_VALUE}; any longer frame is refused as well. */
  private int announcedLength() {
    int extended = headerLength - 6;
    long length = extended == 0 ? header[1] & 0x7F : 0;
    for (int i = 0; i < extended; i++) {
      length = length << 8 | header[2 + i] & 0xFF;
    }
    return length < 0 || length > Integer.MAX_VALUE ? Integer.MAX_VALUE : (int) length;
  }

  private void checkSize(int announced) throws SocketViolation {
    if (!isControl() && announced > maxMessageBytes - messageLength) {
      throw new SocketViolation(CloseCode.MESSAGE_TOO_BIG, "Messages are at most " + maxMessageBytes + " bytes long");
    }
    payloadLength = announced;
    payloadRead = 0;
    isInMessage |= !isControl();
  }

  /** Copies the available part of the payload and unmasks it. */
  private int readPayload(byte[] bytes, int at, int length) {
    int count = Math.min(length - at, payloadLength - payloadRead);
    byte[] into = isControl() ? control : roomFor(messageLength + count);
    int offset = isControl() ? payloadRead : messageLength;
    for (int i = 0; i < count; i++) {
      into[offset + i] = (byte) (bytes[at + i] ^ header[headerLength - 4 + (payloadRead + i & 3)]);
    }
    payloadRead += count;
    messageLength += isControl() ? 0 : count;
    return count;
  }

  private byte[] roomFor(int bytes) {
    if (message.length < bytes) {
      message = Arrays.copyOf(message, Math.min(maxMessageBytes, Math.max(bytes, Math.max(128, message.length * 2))));
    }
    return message;
  }

  private void completeFrame() throws SocketViolation {
    switch (opcode()) {
      case CLOSE -> completeClose();
      case PING -> events.ping(Arrays.copyOf(control, payloadLength));
      case PONG -> events.pong();
      default -> completeText();
    }
    headerRead = 0;
    headerLength = 2;
  }

  private void completeClose() throws SocketViolation {
    isClosed = true;
    int code = payloadLength < 2 ? NO_STATUS : (control[0] & 0xFF) << 8 | control[1] & 0xFF;
    require(payloadLength != 1 && (code == NO_STATUS || CloseCode.isAllowedFromClient(code)), "This close code is not allowed");
    events.close(code);
  }

  private void completeText() throws SocketViolation {
    if (isLast()) {
      String text = decoded();
      message = new byte[0];
      messageLength = 0;
      isInMessage = false;
      events.text(text);
    }
  }

  private String decoded() throws SocketViolation {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(message, 0, messageLength)).toString();
    } catch (CharacterCodingException e) {
      throw new SocketViolation(CloseCode.INVALID_DATA, "Text must be UTF-8");
    }
  }

  private int opcode() {
    return header[0] & 0x0F;
  }

  private boolean isControl() {
    return (header[0] & 0x08) != 0;
  }

  private boolean isLast() {
    return (header[0] & 0x80) != 0;
  }

  private static void require(boolean condition, String reason) throws SocketViolation {
    if (!condition) {
      throw broken(reason);
    }
  }

  private static SocketViolation broken(String reason) {
    return new SocketViolation(CloseCode.PROTOCOL_ERROR, reason);
  }
}
