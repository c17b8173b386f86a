package tasktracker.source.telegram;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Speaks the Bot API. Everybody has the same picture, but for users under 100, who have none; the rest is {@link FakeBot}'s. */
public final class FakeTelegram implements AutoCloseable {

  public static final String TOKEN = "123456:secret-token-of-the-test-bot";
  /** A PNG of one pixel, as far as its first bytes tell. */
  public static final byte[] PICTURE = {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10, 0, 0, 0, 13, 1, 2, 3};

  private final HttpServer server;
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final AtomicInteger refusals = new AtomicInteger();
  private final FakeBot bot = new FakeBot();

  public FakeTelegram() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
  }

  /** What TELEGRAM_API_BASE must be. */
  public String base() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Methods asked so far, without the token. */
  public List<String> asked() {
    return List.copyOf(asked);
  }

  FakeBot bot() {
    return bot;
  }

  /** The next so many questions for a picture are answered by 429; the server itself asks others whenever it likes. */
  public void refuse(int times) {
    refusals.set(times);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    asked.add(path.replace(TOKEN, ""));
    if (!path.contains("/bot" + TOKEN + "/")) {
      send(exchange, 401, json("{'ok': false, 'error_code': 401, 'description': 'Unauthorized'}"));
    } else if (exchange.getRequestMethod().equals("GET") && refusals.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
      send(exchange, 429,
          json("{'ok': false, 'error_code': 429, 'description': 'Too Many Requests: retry after 2', 'parameters': {'retry_after': 2}}"));
    } else if (path.startsWith("/file/")) {
      send(exchange, path.endsWith("photos/file_1.png") ? 200 : 404, PICTURE);
    } else if (exchange.getRequestMethod().equals("POST")) {
      play(exchange, path.substring(path.lastIndexOf('/') + 1));
    } else {
      send(exchange, 200, json(method(path, String.valueOf(exchange.getRequestURI().getQuery()))));
    }
  }

  private void play(HttpExchange exchange, String method) throws IOException {
    try {
      FakeBot.Reply reply = bot.answer(method, FakeBot.json(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
      send(exchange, reply.status(), reply.json().toString().getBytes(StandardCharsets.UTF_8));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      exchange.close();
    }
  }

  private static String method(String path, String query) {
    if (path.endsWith("/getFile")) {
      return "{'ok': true, 'result': {'file_id': 'B', 'file_path': 'photos/file_1.png'}}";
    }
    boolean hasNone = query.matches(".*user_id=\\d{1,2}");
    return hasNone
        ? "{'ok': true, 'result': {'total_count': 0, 'photos': []}}"
        : "{'ok': true, 'result': {'total_count': 1, 'photos': [[{'file_id': 'A', 'file_unique_id': 'a', 'width': 160},"
            + " {'file_id': 'B', 'file_unique_id': 'b', 'width': 640}, {'file_id': 'C', 'file_unique_id': 'c', 'width': 1280}]]}}";
  }

  private static byte[] json(String text) {
    return text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
  }

  private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
    try (exchange) {
      exchange.sendResponseHeaders(status, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
