package tasktracker.llm.call;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ExecutorService;
import tasktracker.llm.provider.ProviderType;

/**
 * A model server that speaks the protocol of one kind of provider and gives the answers of a script, the last one again and
 * again. It always lists one model, {@code m}.
 */
public final class ScriptedModelServer implements AutoCloseable {

  /** What happens at one request. */
  public interface Step {
    void answer(HttpExchange exchange, ProviderType type) throws IOException, InterruptedException;
  }

  public final List<JsonObject> requests = new CopyOnWriteArrayList<>();
  public final List<String> paths = new CopyOnWriteArrayList<>();
  private final Queue<Step> script = new ArrayDeque<>();
  private final ProviderType type;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  public ScriptedModelServer(ProviderType type, Step... steps) throws IOException {
    this.type = type;
    script.addAll(List.of(steps));
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  public URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  private void handle(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    String path = exchange.getRequestURI().getPath();
    if (path.endsWith("/models") || path.endsWith("/api/tags")) {
      send(exchange, 200, "{\"data\": [{\"id\": \"m\"}], \"models\": [{\"name\": \"m\"}]}");
      exchange.close();
      return;
    }
    paths.add(path);
    requests.add(Json.createReader(new StringReader(body.isEmpty() ? "{}" : body)).readObject());
    Step step;
    synchronized (script) {
      step = script.size() > 1 ? script.remove() : script.peek();
    }
    try {
      step.answer(exchange, type);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      exchange.close();
    }
  }

  /** A complete answer with this text, 100 tokens of prompt and 20 of output. */
  public static Step says(String text) {
    return says(text, "stop", 100);
  }

  public static Step says(String text, String why, int promptTokens) {
    return (exchange, type) -> send(exchange, 200, body(type, text, why, promptTokens));
  }

  public static Step status(int status) {
    return (exchange, type) -> send(exchange, status, "{\"error\": {\"message\": \"scripted\"}}");
  }

  public static Step raw(String body) {
    return (exchange, type) -> send(exchange, 200, body);
  }

  public static Step retryAfter(int status, String value) {
    return (exchange, type) -> {
      exchange.getResponseHeaders().set("Retry-After", value);
      send(exchange, status, "{}");
    };
  }

  public static Step redirect(String to) {
    return (exchange, type) -> {
      exchange.getResponseHeaders().set("Location", to);
      send(exchange, 302, "");
    };
  }

  /** Never answers while the client waits. */
  public static Step hangs() {
    return (exchange, type) -> Thread.sleep(4000);
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    if (bytes.length > 0) {
      exchange.getResponseBody().write(bytes);
    }
  }

  private static String body(ProviderType type, String text, String why, int prompt) {
    return switch (type) {
      case OLLAMA -> Json.createObjectBuilder().add("model", "m").add("done", true).add("done_reason", why)
          .add("message", Json.createObjectBuilder().add("role", "assistant").add("content", text)).add("prompt_eval_count", prompt)
          .add("eval_count", 20).build().toString();
      case ANTHROPIC -> Json.createObjectBuilder().add("id", "1").add("type", "message").add("role", "assistant").add("model", "m")
          .add("content", Json.createArrayBuilder().add(Json.createObjectBuilder().add("type", "text").add("text", text)))
          .add("stop_reason", why.equals("length") ? "max_tokens" : "end_turn")
          .add("usage", Json.createObjectBuilder().add("input_tokens", prompt).add("output_tokens", 20)).build().toString();
      case GEMINI -> Json.createObjectBuilder().add("candidates", Json.createArrayBuilder().add(Json.createObjectBuilder()
          .add("content", Json.createObjectBuilder().add("role", "model").add("parts",
              Json.createArrayBuilder().add(Json.createObjectBuilder().add("text", text))))
          .add("finishReason", why.equals("length") ? "MAX_TOKENS" : "STOP")))
          .add("usageMetadata", Json.createObjectBuilder().add("promptTokenCount", prompt).add("candidatesTokenCount", 20)
              .add("totalTokenCount", prompt + 20))
          .build().toString();
      default -> Json.createObjectBuilder().add("id", "1").add("object", "chat.completion").add("created", 1).add("model", "m")
          .add("choices", Json.createArrayBuilder().add(Json.createObjectBuilder().add("index", 0)
              .add("message", Json.createObjectBuilder().add("role", "assistant").add("content", text)).add("finish_reason", why)))
          .add("usage",
              Json.createObjectBuilder().add("prompt_tokens", prompt).add("completion_tokens", 20).add("total_tokens", prompt + 20))
          .build().toString();
    };
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
