package tasktracker.platform.ai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.langchain4j.model.embedding.onnx.allminilml6v2q.AllMiniLmL6V2QuantizedEmbeddingModel;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class LocalEmbedderTest {

  private static final LocalEmbedder EMBEDDER = TestEmbedder.local();

  @AfterAll
  static void close() {
    EMBEDDER.close();
  }

  @Test
  void vectorsEqualThoseOfTheReference() {
    var reference = new AllMiniLmL6V2QuantizedEmbeddingModel();
    List<String> texts = List.of("The login page is broken since the last deploy", "Домовились: реліз у п'ятницю", "ok",
        "Can somebody review https://example.org/pull/7 ? It fixes the crash.");
    List<float[]> ours = EMBEDDER.embed(texts);
    for (int i = 0; i < texts.size(); i++) {
      assertThat(cosine(ours.get(i), reference.embed(texts.get(i)).content().vector())).isGreaterThan(.999);
    }
  }

  @Test
  void unitVectorsAreInTheOrderOfTheTexts() {
    List<String> texts = IntStream.range(0, 40).mapToObj(i -> "line " + i + " word".repeat(i % 7)).toList();
    List<float[]> together = EMBEDDER.embed(texts);
    for (int i = 0; i < texts.size(); i++) {
      assertThat(together.get(i)).isEqualTo(EMBEDDER.embed(List.of(texts.get(i))).getFirst());
      assertThat(cosine(together.get(i), together.get(i))).isCloseTo(1, within(1e-5));
    }
  }

  @Test
  void similarMeaningsAreCloserThanSimilarWords() {
    List<float[]> v = EMBEDDER.embed(
        List.of("How do I reset my password?", "I cannot log in, my credentials are gone", "How do I reset the meeting room clock?"));
    assertThat(cosine(v.get(0), v.get(1))).isGreaterThan(cosine(v.get(0), v.get(2)));
  }

  @Test
  void anEmptyListAndAnEmptyTextAreAnswered() {
    assertThat(EMBEDDER.embed(List.of())).isEmpty();
    assertThat(EMBEDDER.embed(List.of("")).getFirst()).hasSize(384);
  }

  @Test
  void veryLongTextsAreTruncated() {
    assertThat(EMBEDDER.embed(List.of("bug ".repeat(250_000))).getFirst())
        .isEqualTo(EMBEDDER.embed(List.of("bug ".repeat(1_000))).getFirst());
  }

  @Test
  void concurrentCallersWaitUntilTheModelIsLoaded() {
    var fresh = TestEmbedder.local();
    var asked = IntStream.range(0, 8)
        .mapToObj(i -> CompletableFuture.supplyAsync(() -> fresh.embed(List.of("hello")).getFirst())).toList();
    assertThat(asked).allSatisfy(vector -> assertThat(vector.join()).isEqualTo(EMBEDDER.embed(List.of("hello")).getFirst()));
    fresh.close();
  }

  private static double cosine(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
