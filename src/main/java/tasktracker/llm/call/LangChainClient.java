package tasktracker.llm.call;

import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.HttpException;
import dev.langchain4j.model.anthropic.AnthropicChatModel;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.json.JsonRawSchema;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.googleai.GoogleAiGeminiChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tasktracker.llm.call.CallFailure.Kind;
import tasktracker.llm.provider.ProviderSettings;

/** OpenAI and servers that speak its protocol, Anthropic, and Gemini, through langchain4j. */
final class LangChainClient implements ModelClient {

  private static final String NO_KEY = "none";
  private final ModelHttp http;

  LangChainClient(ModelHttp http) {
    this.http = http;
  }

  /** A compatible server that does not know schemas refuses the request; then the schema stands in the instructions. */
  @Override
  public ModelAnswer ask(ProviderSettings provider, ModelRequest request) {
    boolean sendsSchema = request.schema() != null && sendsSchema(provider);
    try {
      return ask(provider, request, sendsSchema);
    } catch (CallFailure e) {
      if (!sendsSchema || e.kind() != Kind.REFUSED) {
        throw e;
      }
      return ask(provider, request, false);
    }
  }

  private ModelAnswer ask(ProviderSettings provider, ModelRequest request, boolean sendsSchema) {
    try {
      return answer(model(provider, request).chat(chat(request, sendsSchema)));
    } catch (CallFailure e) {
      throw e;
    } catch (RuntimeException e) {
      throw failure(e);
    }
  }

  private static ChatRequest chat(ModelRequest request, boolean sendsSchema) {
    String system = request.schema() == null || sendsSchema ? request.system() : request.system() + asText(request.schema());
    ChatRequest.Builder chat = ChatRequest.builder()
        .messages(List.of(SystemMessage.from(system), UserMessage.from(request.user())));
    if (request.schema() != null && sendsSchema) {
      chat.responseFormat(ResponseFormat.builder().type(ResponseFormatType.JSON).jsonSchema(JsonSchema.builder().name("answer")
          .rootElement(JsonRawSchema.from(request.schema())).build()).build());
    }
    return chat.build();
  }

  /** Of Anthropic's protocol schemas are a later addition; there the schema stands in the instructions. */
  private static boolean sendsSchema(ProviderSettings provider) {
    return switch (provider.type()) {
      case OPENAI, GEMINI -> true;
      default -> false;
    };
  }

  private static String asText(String schema) {
    return "\n\nAnswer with one JSON object of this JSON Schema, without any other text:\n" + schema;
  }

  private ChatModel model(ProviderSettings provider, ModelRequest request) {
    Duration timeout = Duration.ofSeconds(provider.timeoutSeconds());
    LangChainHttp client = new LangChainHttp(http, timeout);
    String key = Objects.requireNonNullElse(provider.apiKey(), NO_KEY);
    return switch (provider.type()) {
      case OPENAI -> OpenAiChatModel.builder().httpClientBuilder(client).baseUrl(url(provider, "https://api.openai.com/v1")).apiKey(key)
          .modelName(request.model()).temperature(request.temperature()).maxCompletionTokens(request.maxOutputTokens())
          .strictJsonSchema(true)
          .maxRetries(0).timeout(timeout).build();
      case ANTHROPIC -> AnthropicChatModel.builder().httpClientBuilder(client).baseUrl(url(provider, "https://api.anthropic.com/v1"))
          .apiKey(key).modelName(request.model()).temperature(Math.min(1, request.temperature())).maxTokens(request.maxOutputTokens())
          .maxRetries(0).timeout(timeout).build();
      case GEMINI -> GoogleAiGeminiChatModel.builder().httpClientBuilder(client)
          .baseUrl(url(provider, "https://generativelanguage.googleapis.com/v1beta")).apiKey(key).modelName(request.model())
          .temperature(request.temperature()).maxOutputTokens(request.maxOutputTokens()).maxRetries(0).timeout(timeout).build();
      default -> throw new IllegalArgumentException("Not a provider of this client: " + provider.type());
    };
  }

  private static String url(ProviderSettings provider, String otherwise) {
    URI url = provider.baseUrl();
    return url == null ? otherwise : url.toString();
  }

  private static ModelAnswer answer(ChatResponse response) {
    TokenUsage usage = response.tokenUsage();
    long prompt = count(usage == null ? null : usage.inputTokenCount());
    long output = count(usage == null ? null : usage.outputTokenCount());
    if (response.finishReason() == FinishReason.LENGTH) {
      throw CallFailure.ofAnswer(Kind.TRUNCATED, "The answer ended at the limit of tokens", prompt, output);
    }
    String text = response.aiMessage() == null ? null : response.aiMessage().text();
    if (text == null || text.isBlank()) {
      throw CallFailure.ofAnswer(Kind.EMPTY, "The answer is empty", prompt, output);
    }
    return new ModelAnswer(text, prompt, output);
  }

  private static long count(@Nullable Integer tokens) {
    return tokens == null ? 0 : Math.max(0, tokens);
  }

  /** What langchain4j throws holds the response's body in its message, so only the kind is kept. */
  private static CallFailure failure(RuntimeException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof CallFailure known) {
        return known;
      }
      if (cause instanceof LangChainHttp.StatusException status) {
        return HttpFailures.of(status.statusCode(), status.retryAfter(), null);
      }
      if (cause instanceof HttpException status) {
        return HttpFailures.of(status.statusCode(), null, null);
      }
    }
    return new CallFailure(Kind.INVALID, "The answer does not follow the provider's protocol (" + e.getClass().getSimpleName() + ")");
  }
}
