package tasktracker.platform.ai;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.ollama.OllamaEmbeddingModel;
import dev.langchain4j.model.openai.OpenAiEmbeddingModel;
import dev.langchain4j.model.output.TokenUsage;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.outbound.OutboundClient;
import tasktracker.platform.outbound.OutboundHttpClientBuilder;

/**
 * An embedding model on another server: any server with OpenAI's API, or Ollama. Every failure of that server is an
 * {@link EmbedderUnavailable}; error messages never contain the API key. Thread-safe.
 */
public final class RemoteEmbedder implements Embedder {

  /** Connection settings of a model. */
  public record Address(String baseUrl, String apiKey, String model, Duration timeout, int dimension) {
    /** Value of {@code dimension} when it is to be looked up or determined by a call of the model. */
    public static final int UNKNOWN = 0;
  }

  /** The model refuses one of the texts, and accepts others. */
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
  /** Fits into the context window of every model above, even in scripts with many tokens per letter. */
  private static final int MAX_TEXT_LENGTH = 6_000;
  private static final int TEXTS_PER_CALL = 100;
  /** A hundred vectors of 4,096 numbers as text take 9 MB. */
  private static final long MAX_ANSWER_BYTES = 64L << 20;

  private final EmbeddingModel model;
  private final String name;
  private volatile int dimension;
  private MeterRegistry meters = new SimpleMeterRegistry();

  private RemoteEmbedder(String provider, EmbeddingModel model, Address address) {
    this.model = model;
    this.name = provider + ":" + address.model();
    this.dimension = address.dimension() > 0
        ? address.dimension()
        : DIMENSIONS.getOrDefault(address.model().replaceFirst(":.*", ""), Address.UNKNOWN);
  }

  /** A server with OpenAI's {@code POST {baseUrl}/embeddings}. */
  public static RemoteEmbedder openAi(Address address) {
    return new RemoteEmbedder("openai", OpenAiEmbeddingModel.builder().httpClientBuilder(http(address)).baseUrl(address.baseUrl())
        .apiKey(address.apiKey()).modelName(address.model()).timeout(address.timeout()).maxRetries(RETRIES)
        .maxSegmentsPerBatch(TEXTS_PER_CALL).build(), address);
  }

  /** A server with Ollama's {@code POST {baseUrl}/api/embed}. */
  public static RemoteEmbedder ollama(Address address) {
    return new RemoteEmbedder("ollama", OllamaEmbeddingModel.builder().httpClientBuilder(http(address)).baseUrl(address.baseUrl())
        .modelName(address.model()).timeout(address.timeout()).maxRetries(RETRIES).build(), address);
  }

  /** Records the number and duration of calls and the tokens that the server reports. */
  public RemoteEmbedder measuredBy(MeterRegistry registry) {
    this.meters = registry;
    measure("ok", 0, null);
    measure("error", 0, null);
    return this;
  }

  private void measure(String outcome, long durationNs, @Nullable TokenUsage tokens) {
    Timer calls = Timer.builder("tasktracker.model.calls").description("Calls of models over the network")
        .tag("model", name).tag("outcome", outcome).register(meters);
    if (durationNs > 0) {
      calls.record(Duration.ofNanos(durationNs));
    }
    if (tokens != null && tokens.totalTokenCount() != null) {
      meters.counter("tasktracker.model.tokens", "model", name).increment(tokens.totalTokenCount());
    }
  }

  private static dev.langchain4j.http.client.HttpClientBuilder http(Address address) {
    // The address is of the server's environment, so it may be one of this machine or its network.
    return new OutboundHttpClientBuilder(OutboundClient.trusting(URI.create(address.baseUrl())), MAX_ANSWER_BYTES)
        .readTimeout(address.timeout());
  }

  @Override
  public String modelId() {
    return name;
  }

  @Override
  public int dimension() {
    if (dimension == Address.UNKNOWN) {
      dimension = call(List.of("How long is a vector?")).getFirst().length;
    }
    return dimension;
  }

  @Override
  public List<float[]> embed(List<String> texts) {
    List<float[]> vectors = new ArrayList<>(texts.size());
    for (int from = 0; from < texts.size(); from += TEXTS_PER_CALL) {
      vectors.addAll(call(texts.subList(from, Math.min(texts.size(), from + TEXTS_PER_CALL))));
    }
    return vectors;
  }

  private List<float[]> call(List<String> texts) {
    List<float[]> vectors;
    long startedNs = System.nanoTime();
    try {
      var response = model.embedAll(texts.stream().map(RemoteEmbedder::truncate).map(TextSegment::from).toList());
      vectors = response.content().stream().map(Embedding::vector).map(MiniLmModel::normalize).toList();
      measure("ok", System.nanoTime() - startedNs, response.tokenUsage());
    } catch (InvalidRequestException e) {
      measure("error", System.nanoTime() - startedNs, null);
      throw new TextRefused("The embedding model " + name + " refuses a text", e);
    } catch (RuntimeException e) {
      measure("error", System.nanoTime() - startedNs, null);
      throw new EmbedderUnavailable("The embedding model " + name + " is unavailable: " + e.getClass().getSimpleName(), e);
    }
    return check(vectors, texts.size());
  }

  private static String truncate(String text) {
    return text.length() <= MAX_TEXT_LENGTH ? text : text.substring(0, MAX_TEXT_LENGTH);
  }

  /** A vector of an unexpected dimension comes from another model and must not be stored. */
  private List<float[]> check(List<float[]> vectors, int expected) {
    boolean isValid = vectors.size() == expected
        && vectors.stream().allMatch(v -> v.length == (dimension == Address.UNKNOWN ? v.length : dimension));
    if (!isValid) {
      throw new EmbedderUnavailable("The embedding model " + name + " returned unexpected vectors; expected "
          + expected + " of dimension " + dimension, new IllegalStateException("unexpected answer"));
    }
    return vectors;
  }
}
