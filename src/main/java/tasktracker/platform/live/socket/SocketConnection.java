package tasktracker.platform.live.socket;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpUpgradeHandler;
import jakarta.servlet.http.WebConnection;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One WebSocket of a client, on the connection that the server hands over after the handshake. The server's own
 * implementation is not used because it buffers whole frames of any announced length (ADR 90).
 *
 * <p>Reading never blocks. One virtual thread at a time writes the queued frames; a client that does not read blocks it
 * until the server's {@code upgradeWriteTimeout}. Closing starts with a close frame; then the client has two seconds to
 * answer, and everything else it sends is discarded. Thread-safe.
 */
public class SocketConnection implements HttpUpgradeHandler, ReadListener, FrameReader.Events {

  private static final System.Logger LOG = System.getLogger(SocketConnection.class.getName());
  /** At least as many bytes as the server may have read beyond the handshake: it passes them on in one piece. */
  private static final int CHUNK = 8192;
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

  private final ReentrantLock reading = new ReentrantLock();
  private final InboundLimit limit = new InboundLimit();
  private @Nullable Endpoint endpoint;
  private @Nullable WebConnection connection;
  private @Nullable Streams streams;

  // Guarded by this.
  private @Nullable OutgoingFrame closeFrame;
  private boolean isClosing;
  private boolean isWriting;
  private boolean isCloseFrameSent;
  private boolean hasClientClosed;
  private boolean isEnded;
  private long idleSince;
  private int code = CloseCode.ABNORMAL.number();

  private volatile boolean hasViolated;

  /** Our side of the connection, known before the handshake. */
  private record Endpoint(SocketHandler handler, FrameReader reader, Outbox outbox, Executor tasks) {}

  /** The client's side of the connection, known after the handshake. */
  private record Streams(ServletInputStream in, ServletOutputStream out) {}

  /** Called by the server; {@link #prepare} must be called next. */
  public SocketConnection() {}

  /**
   * Sets what the server does not know.
   *
   * @param maxMessageBytes maximum size of a text message that the client sends
   * @param tasks runs writing and closing; each may take as long as the server's write timeout
   */
  public void prepare(SocketHandler handler, int maxMessageBytes, OutboxBudget node, Executor tasks) {
    endpoint = new Endpoint(handler, new FrameReader(maxMessageBytes, this), new Outbox(node), tasks);
  }

  private Endpoint endpoint() {
    return Objects.requireNonNull(endpoint, "The connection was not prepared");
  }

  private Streams streams() {
    return Objects.requireNonNull(streams, "The server has not handed the connection over");
  }

  @Override
  public void init(WebConnection newConnection) {
    try {
      connection = newConnection;
      ServletInputStream in = newConnection.getInputStream();
      streams = new Streams(in, newConnection.getOutputStream());
      endpoint().handler().open();
      in.setReadListener(this);
    } catch (IOException | RuntimeException e) {
      LOG.log(Level.DEBUG, "A socket was disconnected before it was open: {0}", e.getMessage());
      end();
    }
  }

  /** Queues a frame; a client whose queue is full is disconnected and may resume from the last sequence number it has. */
  public void send(OutgoingFrame frame) {
    synchronized (this) {
      if (isClosing || isEnded) {
        return;
      }
      if (endpoint().outbox().offer(frame)) {
        write();
        return;
      }
    }
    close(CloseCode.TRY_AGAIN_LATER, "Too slow; resume from the last sequence number received");
  }

  /** Sends a close frame; queued frames are discarded. */
  public synchronized void close(CloseCode why, String reason) {
    close(why.number(), reason);
  }

  private synchronized void close(int why, String reason) {
    if (isClosing || isEnded) {
      return;
    }
    isClosing = true;
    code = why;
    endpoint().outbox().clear();
    closeFrame = OutgoingFrame.close(why == 1005 ? CloseCode.NORMAL.number() : why, reason);
    write();
  }

  private void write() {
    if (!isWriting) {
      isWriting = true;
      if (!start(this::writeAll)) {
        finishWriting();
        end();
      }
    }
  }

  /** Returns false when the server takes no more tasks: it stops, and closes the connection itself. */
  private boolean start(Runnable task) {
    try {
      endpoint().tasks().execute(task);
      return true;
    } catch (RejectedExecutionException e) {
      LOG.log(Level.DEBUG, "The server is stopping; a socket is left to it");
      return false;
    }
  }

  private void writeAll() {
    try {
      for (OutgoingFrame frame = next(); frame != null; frame = next()) {
        streams().out().write(frame.bytes());
        flushIfLast();
      }
    } catch (IOException | RuntimeException e) {
      LOG.log(Level.DEBUG, "Could not write to a socket: {0}", e.getMessage());
      finishWriting();
      end();
    }
  }

  /** The next frame to write, or null when the queue is empty and the writer ends. */
  private @Nullable OutgoingFrame next() {
    synchronized (this) {
      OutgoingFrame next = isEnded ? null : endpoint().outbox().poll();
      if (next == null && !isEnded && closeFrame != null) {
        next = closeFrame;
        closeFrame = null;
        isCloseFrameSent = true;
      }
      if (next != null) {
        return next;
      }
      finishWriting();
    }
    endIfBothClosed();
    return null;
  }

  private void flushIfLast() throws IOException {
    boolean isLast;
    synchronized (this) {
      isLast = endpoint().outbox().isEmpty() && closeFrame == null;
    }
    if (isLast) {
      streams().out().flush();
    }
  }

  private synchronized void finishWriting() {
    isWriting = false;
    idleSince = System.nanoTime();
    notifyAll();
  }

  private void endIfBothClosed() {
    boolean areBoth;
    synchronized (this) {
      areBoth = isCloseFrameSent && hasClientClosed;
    }
    if (areBoth) {
      end();
    }
  }

  @Override
  public void onDataAvailable() throws IOException {
    byte[] chunk = new byte[CHUNK];
    ServletInputStream in = streams().in();
    reading.lock();
    try {
      while (!hasEnded() && in.isReady()) {
        int length = in.read(chunk);
        if (length < 0) {
          return;
        }
        read(chunk, length);
      }
    } finally {
      reading.unlock();
    }
  }

  private void read(byte[] chunk, int length) {
    try {
      if (!hasViolated) {
        limit.countBytes(length);
        endpoint().reader().read(chunk, length);
      }
    } catch (SocketViolation violation) {
      hasViolated = true;
      close(violation.code(), violation.reason());
    } catch (RuntimeException e) {
      hasViolated = true;
      LOG.log(Level.WARNING, "Closed a socket because of an internal error", e);
      close(CloseCode.INTERNAL_ERROR, "");
    }
  }

  @Override
  public void frame() throws SocketViolation {
    limit.countFrame();
  }

  @Override
  public void text(String message) {
    endpoint().handler().alive();
    if (!isClosing()) {
      endpoint().handler().text(message);
    }
  }

  @Override
  public void ping(byte[] payload) {
    endpoint().handler().alive();
    send(OutgoingFrame.pong(payload));
  }

  @Override
  public void pong() {
    endpoint().handler().alive();
  }

  @Override
  public void close(int clientsCode) {
    synchronized (this) {
      hasClientClosed = true;
    }
    close(clientsCode, "");
    endIfWritten();
  }

  /** The client has answered the close frame, or will receive it. */
  private void endIfWritten() {
    boolean isQuiet;
    synchronized (this) {
      isQuiet = !isWriting;
    }
    if (isQuiet) {
      endIfBothClosed();
    }
  }

  /** Closes the connection of a client that has not answered the close frame in time. */
  public void closeIfOverdue() {
    boolean isOverdue;
    synchronized (this) {
      isOverdue = isCloseFrameSent && !isWriting && System.nanoTime() - idleSince > CLOSE_TIMEOUT.toNanos();
    }
    if (isOverdue) {
      end();
    }
  }

  @Override
  public void onAllDataRead() {
    end();
  }

  @Override
  public void onError(Throwable failure) {
    end();
  }

  /** The server closes the connection; no thread may write at the same time. */
  @Override
  public void destroy() {
    end();
    awaitWritten();
    ConnectionCloser.prepare(streams == null ? null : streams.out());
  }

  private void end() {
    synchronized (this) {
      if (isEnded) {
        return;
      }
      isEnded = true;
      endpoint().outbox().clear();
    }
    start(this::release);
  }

  private void release() {
    awaitWritten();
    reading.lock();
    try {
      if (connection != null) {
        connection.close();
      }
    } catch (Exception e) {
      LOG.log(Level.DEBUG, "Could not close a socket: {0}", e.getMessage());
    } finally {
      reading.unlock();
      endpoint().handler().ended(code);
    }
  }

  /** The server does not support concurrent writers; the active one ends at the latest after the write timeout. */
  private synchronized void awaitWritten() {
    try {
      while (isWriting) {
        wait();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized boolean hasEnded() {
    return isEnded;
  }

  private synchronized boolean isClosing() {
    return isClosing;
  }

  /** True when the close frame has been written or the connection has ended. */
  public synchronized boolean isFlushed() {
    return isEnded || isCloseFrameSent && !isWriting;
  }
}
