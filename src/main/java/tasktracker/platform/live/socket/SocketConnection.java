package tasktracker.platform.live.socket;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpUpgradeHandler;
import jakarta.servlet.http.WebConnection;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
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
  private @Nullable SocketHandler handler;
  private @Nullable FrameReader reader;
  private @Nullable Outbox outbox;
  private @Nullable WebConnection connection;
  private @Nullable ServletInputStream in;
  private @Nullable ServletOutputStream out;

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

  /** Called by the server; {@link #prepare} must be called next. */
  public SocketConnection() {}

  public void prepare(SocketHandler newHandler, int maxMessageBytes, OutboxBudget node) {
    handler = newHandler;
    reader = new FrameReader(maxMessageBytes, this);
    outbox = new Outbox(node);
  }

  @Override
  public void init(WebConnection newConnection) {
    try {
      connection = newConnection;
      in = newConnection.getInputStream();
      out = newConnection.getOutputStream();
      handler.open();
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
      if (outbox.offer(frame)) {
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
    outbox.clear();
    closeFrame = OutgoingFrame.close(why == 1005 ? CloseCode.NORMAL.number() : why, reason);
    write();
  }

  private void write() {
    if (!isWriting) {
      isWriting = true;
      Thread.ofVirtual().name("socket-writer").start(this::writeAll);
    }
  }

  private void writeAll() {
    try {
      for (OutgoingFrame frame = next(); frame != null; frame = next()) {
        out.write(frame.bytes());
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
      OutgoingFrame next = isEnded ? null : outbox.poll();
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
      isLast = outbox.isEmpty() && closeFrame == null;
    }
    if (isLast) {
      out.flush();
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
        reader.read(chunk, length);
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
    handler.alive();
    if (!isClosing()) {
      handler.text(message);
    }
  }

  @Override
  public void ping(byte[] payload) {
    handler.alive();
    send(OutgoingFrame.pong(payload));
  }

  @Override
  public void pong() {
    handler.alive();
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
    ConnectionCloser.prepare(out);
  }

  private void end() {
    synchronized (this) {
      if (isEnded) {
        return;
      }
      isEnded = true;
      outbox.clear();
    }
    Thread.ofVirtual().name("socket-end").start(this::release);
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
      handler.ended(code);
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
