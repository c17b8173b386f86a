package tasktracker.harness;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/** A WebSocket client that records each message it receives. */
public final class TestSocket implements WebSocket.Listener, AutoCloseable {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private final List<String> received = new CopyOnWriteArrayList<>();
  private final CompletableFuture<Integer> closed = new CompletableFuture<>();
  private final StringBuilder partial = new StringBuilder();
  private WebSocket socket;

  private TestSocket() {}

  /** @throws java.util.concurrent.CompletionException if the server refuses */
  public static TestSocket open(String url, Map<String, String> headers) {
    var listener = new TestSocket();
    var builder = CLIENT.newWebSocketBuilder().connectTimeout(Duration.ofSeconds(10));
    headers.forEach(builder::header);
    listener.socket = builder.buildAsync(URI.create(url), listener).join();
    return listener;
  }

  public void send(String text) {
    socket.sendText(text, true).join();
  }

  /** All messages received so far, oldest first. */
  public List<String> received() {
    return List.copyOf(received);
  }

  /** Returns the first received message that passes, and waits for it if necessary. */
  public String await(String what, Predicate<String> passes) {
    Await.until(what + " on the socket", Duration.ofSeconds(20), () -> received.stream().anyMatch(passes));
    return received.stream().filter(passes).findFirst().orElseThrow();
  }

  /** True once the socket is closed or broken. */
  public boolean isOver() {
    return closed.isDone();
  }

  /** Waits for the close frame and returns its code. */
  public int closeCode() {
    return closed.orTimeout(20, java.util.concurrent.TimeUnit.SECONDS).join();
  }

  @Override
  public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
    partial.append(data);
    if (last) {
      received.add(partial.toString());
      partial.setLength(0);
    }
    webSocket.request(1);
    return null;
  }

  @Override
  public CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
    closed.complete(statusCode);
    return null;
  }

  @Override
  public void onError(WebSocket webSocket, Throwable error) {
    closed.completeExceptionally(error);
  }

  @Override
  public void close() {
    socket.abort();
  }
}
