package tasktracker.llm.provider;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.outbound.OutboundClient;
import tasktracker.platform.outbound.OutboundException;
import tasktracker.platform.outbound.OutboundLimits;
import tasktracker.platform.outbound.OutboundRequest;
import tasktracker.platform.outbound.OutboundResponse;
import tasktracker.platform.web.json.JsonLimits;
import tasktracker.platform.web.json.UntrustedJson;

/** Asks providers for their models, which also tells whether they answer and accept the key. */
@ApplicationScoped
public class ProviderModels {

  private static final OutboundLimits LIMITS = OutboundLimits.ofTotal(Duration.ofSeconds(15));
  private static final int MAX_MODELS = 500;
  private static final int MAX_NAME = 200;

  /**
   * A model.
   *
   * @param size bytes on the disk, when the provider tells
   */
  public record Model(String name, @Nullable Long size, @Nullable String modifiedAt) {}

  private final OutboundClient client;

  @Inject
  public ProviderModels(OutboundClient client) {
    this.client = client;
  }

  /**
   * The models of a provider by name; none for the built-in analyst.
   *
   * @throws ProviderFailure when it cannot be asked
   */
  public List<Model> list(ProviderSettings settings) {
    URI base = settings.baseUrl();
    if (base == null) {
      return List.of();
    }
    return ask(withKey(OutboundRequest.get(URI.create(base + path(settings.type()))), settings.type(), settings.apiKey()),
        settings.type());
  }

  /** The models of an Ollama server. @throws ProviderFailure */
  public List<Model> listOllama(URI base) {
    return ask(OutboundRequest.get(URI.create(base.toString().replaceAll("/+$", "") + path(ProviderType.OLLAMA))), ProviderType.OLLAMA);
  }

  private static String path(ProviderType type) {
    return switch (type) {
      case OLLAMA -> "/api/tags";
      case ANTHROPIC -> "/models?limit=" + MAX_MODELS;
      case GEMINI -> "/models?pageSize=" + MAX_MODELS;
      case OPENAI, BUILTIN -> "/models";
    };
  }

  private static OutboundRequest withKey(OutboundRequest request, ProviderType type, @Nullable String key) {
    OutboundRequest versioned = type == ProviderType.ANTHROPIC ? request.withHeader("anthropic-version", "2023-06-01") : request;
    return key == null ? versioned : switch (type) {
      case ANTHROPIC -> versioned.withHeader("x-api-key", key);
      case GEMINI -> versioned.withHeader("x-goog-api-key", key);
      default -> versioned.withHeader("Authorization", "Bearer " + key);
    };
  }

  private List<Model> ask(OutboundRequest request, ProviderType type) {
    OutboundResponse response;
    try {
      response = client.send(request, LIMITS);
    } catch (OutboundException e) {
      throw ProviderFailure.of(e, request.url());
    }
    if (!response.isSuccessful()) {
      throw ProviderFailure.ofStatus(response.status(), request.url());
    }
    try {
      return models(UntrustedJson.object(response.text(), JsonLimits.BODY), type);
    } catch (RuntimeException e) { // Whatever the parser has against it: it is the provider's answer.
      throw new ProviderFailure("invalid_json", request.url().getHost());
    }
  }

  private static List<Model> models(JsonObject answer, ProviderType type) {
    String list = type == ProviderType.OLLAMA || type == ProviderType.GEMINI ? "models" : "data";
    String name = type == ProviderType.OLLAMA || type == ProviderType.GEMINI ? "name" : "id";
    return Optional.ofNullable(answer.getJsonArray(list)).orElseThrow(() -> new JsonException("no list of models")).stream()
        .filter(JsonObject.class::isInstance).map(JsonValue::asJsonObject).map(model -> model(model, name)).flatMap(Optional::stream)
        .sorted(java.util.Comparator.comparing(Model::name)).limit(MAX_MODELS).toList();
  }

  private static Optional<Model> model(JsonObject json, String nameKey) {
    String name = text(json, nameKey);
    return name == null || name.isBlank() || name.length() > MAX_NAME
        ? Optional.empty()
        : Optional.of(new Model(name.replaceFirst("^models/", ""),
            json.get("size") instanceof JsonNumber size ? Long.valueOf(size.longValue()) : null, text(json, "modified_at")));
  }

  private static @Nullable String text(JsonObject json, String key) {
    return json.get(key) instanceof JsonString text ? text.getString() : null;
  }
}
