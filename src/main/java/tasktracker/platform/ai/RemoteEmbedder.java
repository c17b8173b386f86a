package tasktracker.platform.ai;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.http.client.jdk.JdkHttpClient;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.ollama.OllamaEmbeddingModel;
import dev.langchain4j.model.openai.OpenAiEmbeddingModel;
import dev.langchain4j.model.output.TokenUsage;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An embedding model that is asked over the network: any server that speaks OpenAI's protocol, or Ollama. Every
 * failure of the other side is {@link EmbedderUnavailable}; the key is never part of a message.
 */
public final class RemoteEmbedder implements Embedder {

  /** Where a model is and how to ask it. */
  public record Address(String baseUrl, String apiKey, String model, Duration timeout, int dimension) {
    /** For {@code dimension}: look it up, or ask the model. */
    public static final int UNKNOWN = 0;
  }

  /** The model answers, and does not take one of the texts; it takes others. */
  public static final class TextRefused extends EmbedderUnavailable {
    private static final long serialVersionUID = 1L;

    TextRefused(String message, Throwable cause) {
      super(message, cause);
    }

    @Override
    public boolean isOfBatch() {
      return false;
    }
  }

  private static final Map<String, Integer> DIMENSIONS = Map.ofEntries(
      Map.entry("text-embedding-3-small", 1536), Map.entry("text-embedding-3-large", 3072),
      Map.entry("text-embedding-ada-002", 1536), Map.entry("nomic-embed-text", 768),
      Map.entry("mxbai-embed-large", 1024), Map.entry("snowflake-arctic-embed", 1024), Map.entry("bge-m3", 1024),
      Map.entry("all-minilm", 384), Map.entry("paraphrase-multilingual", 768), Map.entry("embeddinggemma", 768));
  private static final int RETRIES = 2;
  /** Below the window of every model above, in the alphabets that need most tokens a letter. */
  private static final int LONGEST_TEXT = 6_000;
  private static final int TEXTS_A_CALL = 100;

  private final EmbeddingModel model;
  private final String name;
  private volatile int dimension;
  private MeterRegistry meters = new SimpleMeterRegistry();

  private RemoteEmbedder(String provider, EmbeddingModel model, Address address) {
    this.model = model;
    this.name = provider + ":" + address.model();
    this.dimension = address.dimension() > 0 ? address.dimension()
        : DIMENSIONS.getOrDefault(address.model().replaceFirst(":.*", ""), Address.UNKNOWN);
  }

  /** A server with OpenAI's {@code POST {baseUrl}/embeddings}. */
  public static RemoteEmbedder openAi(Address at) {
    return new RemoteEmbedder("openai", OpenAiEmbeddingModel.builder().httpClientBuilder(http(at)).baseUrl(at.baseUrl())
        .apiKey(at.apiKey()).modelName(at.model()).timeout(at.timeout()).maxRetries(RETRIES)
        .maxSegmentsPerBatch(TEXTS_A_CALL).build(), at);
  }

  /** A server with Ollama's {@code POST {baseUrl}/api/embed}. */
  public static RemoteEmbedder ollama(Address at) {
    return new RemoteEmbedder("ollama", OllamaEmbeddingModel.builder().httpClientBuilder(http(at)).baseUrl(at.baseUrl())
        .modelName(at.model()).timeout(at.timeout()).maxRetries(RETRIES).build(), at);
  }

  /** Has calls, their time and the tokens that the other side reports counted there. */
  public RemoteEmbedder measuredBy(MeterRegistry registry) {
    this.meters = registry;
    measure("ok", 0, null);
    measure("error", 0, null);
    return this;
  }

  private void measure(String outcome, long tookNs, @Nullable TokenUsage tokens) {
    Timer calls = Timer.builder("tasktracker.model.calls").description("Calls of models over the network")
        .tag("model", name).tag("outcome", outcome).register(meters);
    if (tookNs > 0) {
      calls.record(Duration.ofNanos(tookNs));
    }
    if (tokens != null && tokens.totalTokenCount() != null) {
      meters.counter("tasktracker.model.tokens", "model", name).increment(tokens.totalTokenCount());
    }
  }

  private static dev.langchain4j.http.client.HttpClientBuilder http(Address at) {
    return JdkHttpClient.builder().connectTimeout(Duration.ofSeconds(5)).readTimeout(at.timeout());
  }

  @Override
  public String modelId() {
    return name;
  }

  @Override
  public int dimension() {
    if (dimension == Address.UNKNOWN) {
      dimension = ask(List.of("How long is a vector?")).getFirst().length;
    }
    return dimension;
  }

  @Override
  public List<float[]> embed(List<String> texts) {
    List<float[]> vectors = new ArrayList<>(texts.size());
    for (int from = 0; from < texts.size(); from += TEXTS_A_CALL) {
      vectors.addAll(ask(texts.subList(from, Math.min(texts.size(), from + TEXTS_A_CALL))));
    }
    return vectors;
  }

  private List<float[]> ask(List<String> texts) {
    List<float[]> vectors;
    long begun = System.nanoTime();
    try {
      var answer = model.embedAll(texts.stream().map(RemoteEmbedder::cut).map(TextSegment::from).toList());
      vectors = answer.content().stream().map(Embedding::vector).map(MiniLmModel::unit).toList();
      measure("ok", System.nanoTime() - begun, answer.tokenUsage());
    } catch (InvalidRequestException e) {
      measure("error", System.nanoTime() - begun, null);
      throw new TextRefused("The embedding model " + name + " refuses a text", e);
    } catch (RuntimeException e) {
      measure("error", System.nanoTime() - begun, null);
      throw new EmbedderUnavailable("The embedding model " + name + " does not answer: " + e.getClass().getSimpleName(), e);
    }
    return checked(vectors, texts.size());
  }

  private static String cut(String text) {
    return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT);
  }

  /** A vector of another length than said is another model: storing it would poison every comparison. */
  private List<float[]> checked(List<float[]> vectors, int expected) {
    boolean fits = vectors.size() == expected
        && vectors.stream().allMatch(v -> v.length == (dimension == Address.UNKNOWN ? v.length : dimension));
    if (!fits) {
      throw new EmbedderUnavailable("The embedding model " + name + " answered with other vectors than asked for; expected "
          + expected + " of dimension " + dimension, new IllegalStateException("unexpected answer"));
    }
    return vectors;
  }
}
