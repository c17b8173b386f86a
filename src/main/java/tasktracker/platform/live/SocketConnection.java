package tasktracker.platform.live;

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
 * One WebSocket of a client, on the connection that the server has handed over after the handshake. It is ours and not
 * the server's own because that keeps whole frames of any announced length (ADR 90).
 *
 * <p>Reading never blocks. One virtual thread at a time writes what waits; a client that does not read holds it until
 * the server's {@code upgradeWriteTimeout}. Whatever closes the connection says so first; then the client has two
 * seconds to answer, while what else it sends is thrown away. Thread-safe.
 */
public class SocketConnection implements HttpUpgradeHandler, ReadListener, FrameReader.Events {

  private static final System.Logger LOG = System.getLogger(SocketConnection.class.getName());
  /** Not less than what the server may have read beyond the handshake: it hands that over in one piece. */
  private static final int CHUNK = 8192;
  private static final Duration GOODBYE = Duration.ofSeconds(2);

  private final ReentrantLock reading = new ReentrantLock();
  private final InboundLimit limit = new InboundLimit();
  private @Nullable SocketHandler handler;
  private @Nullable FrameReader reader;
  private @Nullable Outbox outbox;
  private @Nullable WebConnection connection;
  private @Nullable ServletInputStream in;
  private @Nullable ServletOutputStream out;

  // Guarded by this.
  private @Nullable OutgoingFrame goodbye;
  private boolean isClosing;
  private boolean isWriting;
  private boolean isGoodbyeSent;
  private boolean hasClientClosed;
  private boolean isEnded;
  private long silentSince;
  private int code = CloseCode.ABNORMAL.number();

  private volatile boolean isBroken;

  /** For the server; {@link #prepare} comes next. */
  public SocketConnection() {}

  void prepare(SocketHandler newHandler, int maxMessageBytes, OutboxBudget node) {
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
      LOG.log(Level.DEBUG, "A socket was gone before it was open: {0}", e.getMessage());
      end();
    }
  }

  /** Sends it after what waits; a client for which too much waits is cut off, and resumes from the last number it has. */
  void send(OutgoingFrame frame) {
    synchronized (this) {
      if (isClosing || isEnded) {
        return;
      }
      if (outbox.offer(frame)) {
        write();
        return;
      }
    }
    close(CloseCode.TRY_AGAIN_LATER, "Too slow; resume from the last number you have");
  }

  /** Says goodbye; what waits is not sent any more. */
  synchronized void close(CloseCode why, String reason) {
    close(why.number(), reason);
  }

  private synchronized void close(int why, String reason) {
    if (isClosing || isEnded) {
      return;
    }
    isClosing = true;
    code = why;
    outbox.clear();
    goodbye = OutgoingFrame.close(why == 1005 ? CloseCode.NORMAL.number() : why, reason);
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

  /** Null when nothing waits any more, and then nobody writes. */
  private @Nullable OutgoingFrame next() {
    synchronized (this) {
      OutgoingFrame next = isEnded ? null : outbox.poll();
      if (next == null && !isEnded && goodbye != null) {
        next = goodbye;
        goodbye = null;
        isGoodbyeSent = true;
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
      isLast = outbox.isEmpty() && goodbye == null;
    }
    if (isLast) {
      out.flush();
    }
  }

  private synchronized void finishWriting() {
    isWriting = false;
    silentSince = System.nanoTime();
    notifyAll();
  }

  private void endIfBothClosed() {
    boolean areBoth;
    synchronized (this) {
      areBoth = isGoodbyeSent && hasClientClosed;
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
      if (!isBroken) {
        limit.countBytes(length);
        reader.read(chunk, length);
      }
    } catch (SocketViolation violation) {
      isBroken = true;
      close(violation.code(), violation.reason());
    } catch (RuntimeException e) {
      isBroken = true;
      LOG.log(Level.WARNING, "Closed a socket because of a fault in its handling", e);
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

  /** The client has answered our goodbye, or will read ours. */
  private void endIfWritten() {
    boolean isQuiet;
    synchronized (this) {
      isQuiet = !isWriting;
    }
    if (isQuiet) {
      endIfBothClosed();
    }
  }

  /** Lets a client go that has not answered the goodbye in time. */
  void endIfOverdue() {
    boolean isOverdue;
    synchronized (this) {
      isOverdue = isGoodbyeSent && !isWriting && System.nanoTime() - silentSince > GOODBYE.toNanos();
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

  /** The server closes the connection: nobody may write while it does. */
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
      LOG.log(Level.DEBUG, "Closing a socket that is gone: {0}", e.getMessage());
    } finally {
      reading.unlock();
      handler.ended(code);
    }
  }

  /** Two writers at once would confuse the server; the one that is at it ends at the latest with its timeout. */
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

  /** True when nothing is left to be said. */
  synchronized boolean isSilent() {
    return isEnded || isGoodbyeSent && !isWriting;
  }
}
