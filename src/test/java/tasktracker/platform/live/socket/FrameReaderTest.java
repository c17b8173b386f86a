package tasktracker.platform.live.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tasktracker.harness.RawSocket;

/** Parsing of client frames, however their bytes are split. */
class FrameReaderTest {

  private static final int FIRST_TEXT = RawSocket.TEXT;
  private static final int ONLY_TEXT = RawSocket.FINAL | RawSocket.TEXT;
  private static final int LAST = RawSocket.FINAL | RawSocket.CONTINUATION;
  private final List<String> received = new ArrayList<>();
  private final FrameReader reader = new FrameReader(1024, new FrameReader.Events() {
    @Override
    public void frame() {}

    @Override
    public void text(String message) {
      received.add(message);
    }

    @Override
    public void ping(byte[] payload) {
      received.add("ping " + new String(payload, StandardCharsets.UTF_8));
    }

    @Override
    public void pong() {
      received.add("pong");
    }

    @Override
    public void close(int code) {
      received.add("close " + code);
    }
  });

  private static byte[] frame(int firstByte, String payload) {
    return RawSocket.frame(firstByte, payload.getBytes(StandardCharsets.UTF_8));
  }

  private void read(byte[]... frames) throws SocketViolation {
    for (byte[] frame : frames) {
      reader.read(frame, frame.length);
    }
  }

  @Test
  void aMessageIsTheSameInOnePieceAndByteByByte() throws SocketViolation {
    byte[] frame = frame(ONLY_TEXT, "Привіт ".repeat(20));
    read(frame);
    for (byte one : frame) {
      read(new byte[]{one});
    }
    assertThat(received).hasSize(2).containsOnly("Привіт ".repeat(20));
  }

  @Test
  void severalFramesInOnePieceAreAllRead() throws SocketViolation {
    byte[] empty = frame(ONLY_TEXT, "");
    byte[] both = new byte[empty.length * 2];
    System.arraycopy(empty, 0, both, 0, empty.length);
    System.arraycopy(empty, 0, both, empty.length, empty.length);
    read(both);
    assertThat(received).containsExactly("", "");
  }

  @Test
  void controlFramesMayComeBetweenFragments() throws SocketViolation {
    read(frame(FIRST_TEXT, "Hel"), frame(RawSocket.FINAL | RawSocket.PING, "?"), frame(LAST, "lo"));
    assertThat(received).containsExactly("ping ?", "Hello");
  }

  @Test
  void framesAfterACloseFrameAreIgnored() throws SocketViolation {
    read(frame(RawSocket.FINAL | RawSocket.CLOSE, ""), frame(ONLY_TEXT, "more"));
    assertThat(received).containsExactly("close 1005");
  }

  @Test
  void theSizeLimitAppliesToAllFragmentsTogether() throws SocketViolation {
    read(frame(FIRST_TEXT, "x".repeat(1000)), frame(RawSocket.CONTINUATION, "x".repeat(24)));
    assertThatThrownBy(() -> read(frame(LAST, "x"))).isInstanceOfSatisfying(SocketViolation.class,
        violation -> assertThat(violation.code()).isEqualTo(CloseCode.MESSAGE_TOO_BIG));
    assertThat(received).isEmpty();
  }

  /** Twice the bytes, one at a time, allocate at most about twice the memory. */
  @Test
  void theCostOfAMessageIsLinearInItsSize() throws SocketViolation {
    allocated(1024, 64);
    long once = allocated(64, 256);
    assertThat(allocated(128, 256)).isLessThan(once * 3);
    assertThat(allocated(256, 256)).isLessThan(once * 6);
    assertThat(allocated(512, 256)).isLessThan(once * 12);
  }

  private long allocated(int length, int times) throws SocketViolation {
    byte[] frame = frame(ONLY_TEXT, "x".repeat(length));
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    byte[][] pieces = IntStream.range(0, frame.length).mapToObj(i -> new byte[]{frame[i]}).toArray(byte[][]::new);
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < times; i++) {
      read(pieces);
      received.clear();
    }
    return threads.getCurrentThreadAllocatedBytes() - before;
  }
}
