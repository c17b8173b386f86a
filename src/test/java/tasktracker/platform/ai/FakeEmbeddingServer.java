package tasktracker.platform.ai;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A fake embedding server with the APIs of OpenAI ({@code POST /v1/embeddings}) and Ollama ({@code POST /api/embed}). A
 * vector depends on the words of its text only, so texts that share words are similar.
 */
public final class FakeEmbeddingServer implements AutoCloseable {

  /** What one call asked for. */
  public record Call(String path, String authorization, String body, List<String> texts) {}

  private static final Pattern INPUT = Pattern.compile("\"input\"\\s*:\\s*(\\[.*?\\](?=\\s*[,}])|\"(?:[^\"\\\\]|\\\\.)*\")",
      Pattern.DOTALL);
  private static final Pattern STRING = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");

  private final HttpServer server;
  private final int dimension;
  private final List<Call> calls = new CopyOnWriteArrayList<>();
  private volatile int failWith;
  private volatile int failures;
  private volatile String refused = "\0";

  private FakeEmbeddingServer(HttpServer server, int dimension) {
    this.server = server;
    this.dimension = dimension;
  }

  /** Starts on a free port of this machine. */
  public static FakeEmbeddingServer start(int dimension) {
    try {
      var http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
      var fake = new FakeEmbeddingServer(http, dimension);
      http.createContext("/v1/embeddings", e -> fake.answer(e, fake::openAi));
      http.createContext("/api/embed", e -> fake.answer(e, fake::ollama));
      http.setExecutor(Executors.newCachedThreadPool(Thread.ofPlatform().daemon().factory()));
      http.start();
      return fake;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  public List<Call> calls() {
    return calls;
  }

  /** Answers the next calls with an error of that status. */
  public void fail(int status, int times) {
    failWith = status;
    failures = times;
  }

  /** From now on a list with a text that contains this is refused with 400, as texts that a model does not take. */
  public void refuse(String part) {
    refused = part;
  }

  private void answer(HttpExchange exchange, Function<Call, String> speak) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    var call = new Call(exchange.getRequestURI().getPath(),
        String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")), body, texts(body));
    calls.add(call);
    boolean fails = failures > 0;
    failures = Math.max(0, failures - 1);
    boolean isRefused = call.texts().stream().anyMatch(text -> text.contains(refused));
    byte[] answer = (fails || isRefused ? "{\"error\":{\"message\":\"not now\",\"type\":\"server_error\"}}" : speak.apply(call))
        .getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(fails ? failWith : isRefused ? 400 : 200, answer.length);
    exchange.getResponseBody().write(answer);
    exchange.close();
  }

  private String openAi(Call call) {
    List<String> data = new ArrayList<>();
    for (String text : call.texts()) {
      data.add("{\"object\":\"embedding\",\"index\":" + data.size() + ",\"embedding\":" + vector(text) + "}");
    }
    return "{\"object\":\"list\",\"data\":[" + String.join(",", data)
        + "],\"model\":\"fake\",\"usage\":{\"prompt_tokens\":5,\"total_tokens\":5}}";
  }

  private String ollama(Call call) {
    return "{\"model\":\"fake\",\"embeddings\":[" + call.texts().stream().map(this::vector).collect(Collectors.joining(","))
        + "],\"total_duration\":14143917,\"load_duration\":1019500,\"prompt_eval_count\":8}";
  }

  private static List<String> texts(String body) {
    var input = INPUT.matcher(body);
    return input.find() ? STRING.matcher(input.group(1)).results().map(m -> m.group(1)).toList() : List.of();
  }

  private String vector(String text) {
    double[] sum = new double[dimension];
    for (String word : text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+")) {
      var random = new Random(word.hashCode());
      for (int i = 0; i < dimension; i++) {
        sum[i] += random.nextGaussian();
      }
    }
    return java.util.Arrays.stream(sum).mapToObj(x -> String.format(Locale.ROOT, "%.6f", x)).collect(Collectors.joining(",", "[", "]"));
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
