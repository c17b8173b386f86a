package tasktracker.llm.call;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import tasktracker.llm.call.CallFailure.Kind;
import tasktracker.llm.provider.ProviderSettings;

/**
 * Ollama's own protocol ({@code /api/chat}). langchain4j does not send {@code truncate}, without which a prompt that is
 * too long is cut at its front in silence.
 */
final class OllamaClient implements ModelClient {

  /** One context for all calls: a server loads the model anew when it varies. */
  static final int CONTEXT_TOKENS = 8192;
  /** The estimate of a prompt is an upper one; surely this part of it is needed. */
  private static final double SURELY_NEEDED = .6;
  private static final int MAX_BLANKS = 100;
  private static final String KEEP_ALIVE = "10m";
  private final ModelHttp http;

  OllamaClient(ModelHttp http) {
    this.http = http;
  }

  @Override
  public ModelAnswer ask(ProviderSettings provider, ModelRequest request) {
    int expected = request.estimatePromptTokens();
    if (expected * SURELY_NEEDED + outputTokens(request) > CONTEXT_TOKENS) {
      throw new CallFailure(Kind.PROMPT_TOO_LONG, "The prompt is longer than the context of the model");
    }
    String base = Objects.requireNonNullElse(provider.baseUrl(), URI.create("http://127.0.0.1:11434")).toString();
    ModelHttp.Response response = http.send(URI.create(base + "/api/chat"), Map.of("Content-Type", "application/json"),
        body(request).toString(), Duration.ofSeconds(provider.timeoutSeconds()));
    if (response.status() < 200 || response.status() >= 300) {
      throw failure(response);
    }
    return answer(parse(response.body()), expected);
  }

  /** An answer gets at most half of the context, whatever the agent allows, so that there is room for a prompt. */
  private static int outputTokens(ModelRequest request) {
    return Math.min(request.maxOutputTokens(), CONTEXT_TOKENS / 2);
  }

  private static JsonObject body(ModelRequest request) {
    JsonObjectBuilder body = Json.createObjectBuilder().add("model", request.model()).add("stream", false).add("truncate", false)
        .add("think", false).add("keep_alive", KEEP_ALIVE)
        .add("messages", Json.createArrayBuilder().add(message("system", request.system())).add(message("user", request.user())))
        .add("options", Json.createObjectBuilder().add("num_ctx", CONTEXT_TOKENS).add("num_predict", outputTokens(request))
            .add("temperature", request.temperature()));
    if (request.schema() != null) {
      body.add("format", parse(request.schema()));
    }
    return body.build();
  }

  private static JsonObjectBuilder message(String role, String text) {
    return Json.createObjectBuilder().add("role", role).add("content", text);
  }

  private static JsonObject parse(String json) {
    try (JsonReader reader = Json.createReader(new StringReader(json))) {
      return reader.readObject();
    } catch (RuntimeException | StackOverflowError e) {
      throw new CallFailure(Kind.INVALID, "The answer does not follow the provider's protocol");
    }
  }

  /** An error about the context is told by words only. */
  private static CallFailure failure(ModelHttp.Response response) {
    boolean isTooLong = response.status() == 400 && response.body().contains("context");
    return isTooLong
        ? new CallFailure(Kind.PROMPT_TOO_LONG, "The prompt is longer than the context of the model")
        : HttpFailures.of(response.status(), response.headers().get("retry-after"), null);
  }

  private static ModelAnswer answer(JsonObject answer, int expected) {
    long prompt = number(answer, "prompt_eval_count");
    String text = answer.get("message") instanceof JsonObject message ? message.getString("content", "") : "";
    if (isCut(prompt, expected)) {
      throw new CallFailure(Kind.PROMPT_TOO_LONG, "The prompt was cut to the context of the model");
    }
    if ("length".equals(answer.getString("done_reason", ""))) {
      throw new CallFailure(Kind.TRUNCATED, "The answer ended at the limit of tokens");
    }
    if (text.isBlank()) {
      throw new CallFailure(Kind.EMPTY, "The answer is empty");
    }
    requireNoRepetition(text);
    return new ModelAnswer(text, prompt, number(answer, "eval_count"));
  }

  /** A server that ignores {@code truncate} keeps half of the context, or counts far less than was sent. */
  private static boolean isCut(long counted, int expected) {
    boolean isLong = expected > CONTEXT_TOKENS * SURELY_NEEDED;
    return counted > 0 && isLong && (Math.abs(counted - CONTEXT_TOKENS / 2) <= 8 || counted < expected * SURELY_NEEDED / 2);
  }

  private static long number(JsonObject answer, String name) {
    return answer.get(name) instanceof jakarta.json.JsonNumber number && number.isIntegral()
        && answer.get(name).getValueType() == JsonValue.ValueType.NUMBER ? Math.max(0, number.longValue()) : 0;
  }

  private static void requireNoRepetition(String text) {
    int blanks = 0;
    for (int i = 0; i < text.length(); i++) {
      blanks = Character.isWhitespace(text.charAt(i)) ? blanks + 1 : 0;
      if (blanks > MAX_BLANKS) {
        throw new CallFailure(Kind.INVALID, "The answer consists of blanks");
      }
    }
  }
}
