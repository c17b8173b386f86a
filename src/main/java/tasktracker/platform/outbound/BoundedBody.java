package tasktracker.platform.outbound;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** The body of a response; reading more than its limit fails. */
final class BoundedBody extends FilterInputStream {

  private long remaining;
  private boolean isAtEnd;

  BoundedBody(InputStream body, long limit) {
    super(body);
    this.remaining = limit;
  }

  @Override
  public int read() throws IOException {
    int value = in.read();
    count(value < 0 ? -1 : 1);
    return value;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int read = in.read(buffer, offset, length);
    count(read);
    return read;
  }

  @Override
  public long skip(long bytes) throws IOException {
    return Math.max(0, read(new byte[(int) Math.min(bytes, 8192)]));
  }

  private void count(int read) {
    isAtEnd |= read < 0;
    remaining -= Math.max(read, 0);
    if (remaining < 0) {
      throw new OutboundException(OutboundException.Reason.TOO_LARGE, "The response is too large", null, null);
    }
  }

  boolean isAtEnd() {
    return isAtEnd;
  }

  /** The response closes the connection. */
  @Override
  public void close() {
    // Closing the stream of the library would read the rest of the body first.
  }
}
