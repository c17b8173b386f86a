package tasktracker.platform.live.socket;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A frame to send, encoded once for all its receivers (RFC 6455, 5.2; servers do not mask). It counts references: while
 * at least one outbox holds it, its bytes count once in the node's {@link OutboxBudget}.
 */
public final class OutgoingFrame {

  private static final int FINAL_TEXT = 0x81;
  private static final int FINAL_CLOSE = 0x88;
  private static final int FINAL_PONG = 0x8A;
  private final byte[] bytes;
  private final AtomicInteger references = new AtomicInteger();

  private OutgoingFrame(int firstByte, byte[] payload) {
    bytes = encode(firstByte, payload);
  }

  /** One unfragmented text frame. */
  public static OutgoingFrame text(String message) {
    return new OutgoingFrame(FINAL_TEXT, message.getBytes(StandardCharsets.UTF_8));
  }

  /** @param payload the payload of the ping */
  static OutgoingFrame pong(byte[] payload) {
    return new OutgoingFrame(FINAL_PONG, payload);
  }

  /** @param reason at most 123 bytes */
  static OutgoingFrame close(int code, String reason) {
    byte[] text = reason.getBytes(StandardCharsets.UTF_8);
    return new OutgoingFrame(FINAL_CLOSE, ByteBuffer.allocate(2 + text.length).putShort((short) code).put(text).array());
  }

  private static byte[] encode(int firstByte, byte[] payload) {
    ByteBuffer frame = ByteBuffer.allocate(10 + payload.length).put((byte) firstByte);
    if (payload.length < 126) {
      frame.put((byte) payload.length);
    } else if (payload.length < 1 << 16) {
      frame.put((byte) 126).putShort((short) payload.length);
    } else {
      frame.put((byte) 127).putLong(payload.length);
    }
    byte[] bytes = new byte[frame.put(payload).position()];
    frame.flip().get(bytes);
    return bytes;
  }

  byte[] bytes() {
    return bytes;
  }

  /** Bytes of the frame with its header. */
  public int size() {
    return bytes.length;
  }

  /** Returns true for the first reference. */
  boolean retain() {
    return references.getAndIncrement() == 0;
  }

  /** Returns true for the last reference. */
  boolean release() {
    return references.decrementAndGet() == 0;
  }
}
