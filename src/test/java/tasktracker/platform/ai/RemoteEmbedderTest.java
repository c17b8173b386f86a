package tasktracker.platform.ai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tasktracker.platform.ai.Embedder.EmbedderUnavailable;
import tasktracker.platform.ai.RemoteEmbedder.Address;

class RemoteEmbedderTest {

  private final FakeEmbeddingServer server = FakeEmbeddingServer.start(768);

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void anOpenAiServerReturnsUnitVectorsInOrder() {
    var embedder = RemoteEmbedder.openAi(at("/v1", "some-model", 768));
    List<float[]> vectors = embedder.embed(List.of("the build is red", "домовились на п'ятницю"));
    assertThat(vectors).hasSize(2).allSatisfy(v -> assertThat(length(v)).isCloseTo(1, within(1e-5)));
    assertThat(vectors.get(1)).isEqualTo(embedder.embed(List.of("домовились на п'ятницю")).getFirst());
    assertThat(server.calls().getFirst().authorization()).isEqualTo("Bearer secret-key");
    assertThat(server.calls().getFirst().body()).contains("some-model");
    assertThat(embedder.modelId()).isEqualTo("openai:some-model");
  }

  @Test
  void anOllamaServerIsCalledByItsOwnProtocol() {
    var embedder = RemoteEmbedder.ollama(at("", "nomic-embed-text", 0));
    assertThat(embedder.dimension()).isEqualTo(768);
    assertThat(embedder.embed(List.of("one", "two", "three"))).hasSize(3);
    assertThat(server.calls()).hasSize(1).allSatisfy(call -> assertThat(call.path()).isEqualTo("/api/embed"));
  }

  @Test
  void anUnknownDimensionIsDeterminedOnce() {
    var embedder = RemoteEmbedder.openAi(at("/v1", "home-made", 0));
    assertThat(embedder.dimension()).isEqualTo(768);
    assertThat(embedder.dimension()).isEqualTo(768);
    assertThat(server.calls()).hasSize(1);
  }

  @Test
  void aLongListIsSentInBatches() {
    var embedder = RemoteEmbedder.openAi(at("/v1", "some-model", 768));
    assertThat(embedder.embed(IntStream.range(0, 250).mapToObj(i -> "text " + i).toList())).hasSize(250);
    assertThat(server.calls()).extracting(c -> c.texts().size()).containsExactly(100, 100, 50);
  }

  @Test
  void aFailedCallIsRetried() {
    server.fail(503, 1);
    assertThat(RemoteEmbedder.openAi(at("/v1", "some-model", 768)).embed(List.of("again"))).hasSize(1);
    assertThat(server.calls()).hasSize(2);
  }

  @Test
  void aServerThatRefusesIsUnavailableAndTheKeyStaysSecret() {
    server.fail(401, 9);
    assertThatThrownBy(() -> RemoteEmbedder.openAi(at("/v1", "some-model", 768)).embed(List.of("hello")))
        .isInstanceOf(EmbedderUnavailable.class).hasMessageNotContaining("secret-key");
  }

  @Test
  void aRefusedTextIsDistinguishedFromAnOutage() {
    server.refuse("poison");
    var embedder = RemoteEmbedder.openAi(at("/v1", "some-model", 768));
    assertThatThrownBy(() -> embedder.embed(List.of("hello", "poison"))).isInstanceOf(RemoteEmbedder.TextRefused.class)
        .hasMessageNotContaining("secret-key");
    assertThat(embedder.embed(List.of("hello"))).hasSize(1);
  }

  @Test
  void anUnreachableServerIsUnavailable() {
    var gone = at("/v1", "some-model", 768);
    server.close();
    assertThatThrownBy(() -> RemoteEmbedder.openAi(gone).embed(List.of("hello"))).isInstanceOf(EmbedderUnavailable.class);
  }

  @Test
  void vectorsOfAnotherDimensionAreRefused() {
    assertThatThrownBy(() -> RemoteEmbedder.openAi(at("/v1", "text-embedding-3-small", 0)).embed(List.of("hello")))
        .isInstanceOf(EmbedderUnavailable.class).hasMessageContaining("1536");
  }

  private Address at(String path, String model, int dimension) {
    return new Address(server.url() + path, "secret-key", model, Duration.ofSeconds(5), dimension);
  }

  private static double length(float[] vector) {
    double square = 0;
    for (float x : vector) {
      square += x * x;
    }
    return Math.sqrt(square);
  }
}
