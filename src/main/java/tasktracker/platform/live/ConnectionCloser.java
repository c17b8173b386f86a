package tasktracker.platform.live;

import jakarta.servlet.ServletOutputStream;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.lang.reflect.Field;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Has the server close the network connection of a WebSocket that ends. When all went well Open Liberty goes back to
 * HTTP instead: it would take requests there that no proxy has looked at, and never close after the first one. After a
 * failed write it does close, so its output is told of one (ADR 90; {@code SocketLimitsIT} notices when this changes).
 */
final class ConnectionCloser {

  private static final System.Logger LOG = System.getLogger(ConnectionCloser.class.getName());
  private static final AtomicBoolean TOLD = new AtomicBoolean();

  private ConnectionCloser() {}

  /** To be called when nothing is written any more, before the server closes its streams. */
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
      if (!TOLD.getAndSet(true)) {
        LOG.log(Level.WARNING, "Connections of WebSockets may stay open after their end: this server is another than expected", e);
      }
    }
  }
}
