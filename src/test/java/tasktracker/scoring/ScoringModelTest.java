package tasktracker.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class ScoringModelTest {

  @Test
  void theHeadsAreMadeOfTheSentencesThatStandInTheFiles() {
    assertThat(ScoringModelFile.read().fingerprint())
        .as("a hand-written file was changed: make the heads anew with bin/evaluate --train, and look at the table")
        .isEqualTo(ScoringModelFile.fingerprint());
  }

  @Test
  void whatIsWrittenIsReadBack() throws IOException {
    ScoringModel heads = ScoringModelFile.read();
    ByteArrayOutputStream once = new ByteArrayOutputStream();
    ScoringModelFile.write(heads, once);
    try (var resource = SectionedFile.open(ScoringModel.RESOURCE)) {
      assertThat(once.toByteArray()).isEqualTo(resource.readAllBytes());
    }
  }
}
