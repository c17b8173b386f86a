package tasktracker.platform.live.socket;

import jakarta.servlet.ServletOutputStream;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.lang.reflect.Field;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Makes the server close the network connection when a WebSocket ends. After a clean close Open Liberty switches the
 * connection back to HTTP: it would accept requests there that bypass the proxy, and would never close it. After a
 * failed write it does close the connection, so a write error is set on its output (ADR 90; {@code SocketLimitsIT} fails
 * when this behaviour changes).
 */
final class ConnectionCloser {

  private static final System.Logger LOG = System.getLogger(ConnectionCloser.class.getName());
  private static final AtomicBoolean WARNED = new AtomicBoolean();

  private ConnectionCloser() {}

  /** Must be called after the last write and before the server closes its streams. */
  static void prepare(@Nullable ServletOutputStream out) {
    if (out == null) {
      return;
    }
    try {
      Object buffers = out.getClass().getMethod("getBufferHelper").invoke(out);
      Field error = buffers.getClass().getDeclaredField("error");
      error.setAccessible(true);
      error.set(buffers, new IOException("The WebSocket has ended"));
    } catch (ReflectiveOperationException | RuntimeException e) {
      if (!WARNED.getAndSet(true)) {
        LOG.log(Level.WARNING, "Network connections may stay open after a WebSocket is closed: the server's implementation has changed", e);
      }
    }
  }
}
