package tasktracker.deploy;

import jakarta.json.Json;
import java.io.StringReader;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import tasktracker.harness.TestSocket;

/** A WebSocket client that reconnects when its socket is closed and resumes from the last event. */
final class ReconnectingSubscriber implements AutoCloseable {
  private static final Pattern TEXT = Pattern.compile("\"(Roll [0-9]+)\"");
  private final ComposeStack stack;
  private final Set<String> heard = ConcurrentHashMap.newKeySet();
  private final CopyOnWriteArrayList<Integer> closed = new CopyOnWriteArrayList<>();
  private final Thread thread;
  private volatile boolean listening = true;
  private volatile boolean isConnected;
  private volatile boolean hasLostCount;
  private long seq = -1;

  ReconnectingSubscriber(ComposeStack stack) {
    this.stack = stack;
    this.thread = Thread.ofPlatform().daemon().start(this::follow);
  }

  private void follow() {
    while (listening) {
      try (var socket = stack.socket("/ws?topics=messages" + (seq < 0 ? "" : "&resume=" + seq))) {
        isConnected = true;
        int read = 0;
        while (listening) {
          boolean over = socket.isOver();
          var frames = socket.received();
          frames.subList(read, frames.size()).forEach(frame -> hear(socket, frame));
          read = frames.size();
          if (over) {
            closed.add(socket.closeCode());
            break;
          }
          LockSupport.parkNanos(20_000_000);
        }
      } catch (CompletionException e) {
        closed.add(1006); // refused, or broken off without a word
        LockSupport.parkNanos(200_000_000);
      }
    }
  }

  private void hear(TestSocket socket, String frame) {
    if (frame.contains("\"type\":\"ping\"")) {
      socket.send("{\"type\":\"pong\"}"); // who stays silent is dropped
    }
    try (var reader = Json.createReader(new StringReader(frame))) {
      var json = reader.readObject();
      hasLostCount |= json.getString("type", "").equals("reload");
      long number = json.containsKey("seq")
          ? json.getJsonNumber("seq").longValue()
          : seq < 0 && json.getString("type", "").equals("connection") ? json.getJsonObject("data").getJsonNumber("seq").longValue() : seq;
      seq = Math.max(seq, number);
    }
    if (frame.contains("\"message.new\"")) {
      TEXT.matcher(frame).results().forEach(found -> heard.add(found.group(1)));
    }
  }

  boolean isConnected() {
    return isConnected;
  }

  Set<String> heard() {
    return heard;
  }

  /** The codes with which sockets were closed. */
  CopyOnWriteArrayList<Integer> closed() {
    return closed;
  }

  /** True when the server has asked for a reload because events may have been dropped. */
  boolean hasLostCount() {
    return hasLostCount;
  }

  @Override
  public void close() throws InterruptedException {
    listening = false;
    thread.join(5_000);
  }
}
