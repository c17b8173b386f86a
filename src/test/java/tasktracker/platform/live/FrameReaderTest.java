package tasktracker.platform.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tasktracker.harness.RawSocket;

/** Frames of clients, in whatever pieces they come. */
class FrameReaderTest {

  private static final int FIRST_TEXT = RawSocket.TEXT;
  private static final int ONLY_TEXT = RawSocket.FINAL | RawSocket.TEXT;
  private static final int LAST = RawSocket.FINAL | RawSocket.CONTINUATION;
  private final List<String> heard = new ArrayList<>();
  private final FrameReader reader = new FrameReader(1024, new FrameReader.Events() {
    @Override
    public void frame() {}

    @Override
    public void text(String message) {
      heard.add(message);
    }

    @Override
    public void ping(byte[] payload) {
      heard.add("ping " + new String(payload, StandardCharsets.UTF_8));
    }

    @Override
    public void pong() {
      heard.add("pong");
    }

    @Override
    public void close(int code) {
      heard.add("close " + code);
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
  void aMessageIsTheSameInOnePieceAndInBytes() throws SocketViolation {
    byte[] frame = frame(ONLY_TEXT, "Привіт ".repeat(20));
    read(frame);
    for (byte one : frame) {
      read(new byte[] {one});
    }
    assertThat(heard).hasSize(2).containsOnly("Привіт ".repeat(20));
  }

  @Test
  void severalFramesInOnePieceAreAllHeard() throws SocketViolation {
    byte[] empty = frame(ONLY_TEXT, "");
    byte[] both = new byte[empty.length * 2];
    System.arraycopy(empty, 0, both, 0, empty.length);
    System.arraycopy(empty, 0, both, empty.length, empty.length);
    read(both);
    assertThat(heard).containsExactly("", "");
  }

  @Test
  void controlFramesComeBetweenFragments() throws SocketViolation {
    read(frame(FIRST_TEXT, "Hel"), frame(RawSocket.FINAL | RawSocket.PING, "?"), frame(LAST, "lo"));
    assertThat(heard).containsExactly("ping ?", "Hello");
  }

  @Test
  void nothingIsHeardAfterTheGoodbye() throws SocketViolation {
    read(frame(RawSocket.FINAL | RawSocket.CLOSE, ""), frame(ONLY_TEXT, "more"));
    assertThat(heard).containsExactly("close 1005");
  }

  @Test
  void theBoundIsThatOfAllFragments() throws SocketViolation {
    read(frame(FIRST_TEXT, "x".repeat(1000)), frame(RawSocket.CONTINUATION, "x".repeat(24)));
    assertThatThrownBy(() -> read(frame(LAST, "x"))).isInstanceOfSatisfying(SocketViolation.class,
        violation -> assertThat(violation.code()).isEqualTo(CloseCode.MESSAGE_TOO_BIG));
    assertThat(heard).isEmpty();
  }

  /** Twice the bytes, in pieces of one, are at most about twice the memory. */
  @Test
  void theCostOfAMessageGrowsWithItsBytes() throws SocketViolation {
    allocated(1024, 64);
    long once = allocated(64, 256);
    assertThat(allocated(128, 256)).isLessThan(once * 3);
    assertThat(allocated(256, 256)).isLessThan(once * 6);
    assertThat(allocated(512, 256)).isLessThan(once * 12);
  }

  private long allocated(int length, int times) throws SocketViolation {
    byte[] frame = frame(ONLY_TEXT, "x".repeat(length));
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    byte[][] pieces = IntStream.range(0, frame.length).mapToObj(i -> new byte[] {frame[i]}).toArray(byte[][]::new);
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < times; i++) {
      read(pieces);
      heard.clear();
    }
    return threads.getCurrentThreadAllocatedBytes() - before;
  }
}
