package tasktracker.platform.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Settings of batch sizes. */
class BatchesTest {

  private static Batches with(Map<String, String> settings) {
    return Batches.of(name -> Optional.ofNullable(settings.get(name)));
  }

  @Test
  void profilesHaveTheDocumentedSizes() {
    assertThat(with(Map.of())).isEqualTo(new Batches(100, 100, 100));
    assertThat(with(Map.of("BATCH_PROFILE", "low"))).isEqualTo(new Batches(50, 50, 50));
    assertThat(with(Map.of("BATCH_PROFILE", "high"))).isEqualTo(new Batches(100, 500, 500));
  }

  @Test
  void aSingleSizeOverridesTheProfile() {
    assertThat(with(Map.of("BATCH_PROFILE", "high", "EMBEDDING_BATCH_SIZE", "64"))).isEqualTo(new Batches(100, 64, 500));
  }

  @Test
  void anInvalidSettingIsRefusedWithTheValidValues() {
    assertThatThrownBy(() -> with(Map.of("BATCH_PROFILE", "huge"))).hasMessage("BATCH_PROFILE is huge; it can be low, balanced or high");
    assertThatThrownBy(() -> with(Map.of("SCORING_BATCH_SIZE", "0"))).hasMessageContaining("a whole number from 1 to 2048");
    assertThatThrownBy(() -> with(Map.of("SCORING_BATCH_SIZE", "many"))).hasMessageContaining("SCORING_BATCH_SIZE is many");
  }
}
