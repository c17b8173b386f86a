package tasktracker.scoring.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class ScoringModelTest {

  @Test
  void theModelMatchesItsTrainingFiles() {
    assertThat(ScoringModelFile.read().fingerprint())
        .as("a training file has changed: train the model with bin/evaluate --train and check the table")
        .isEqualTo(ScoringModelFile.fingerprint());
  }

  @Test
  void aModelFileIsReadAsItWasWritten() throws IOException {
    ScoringModel model = ScoringModelFile.read();
    ByteArrayOutputStream once = new ByteArrayOutputStream();
    ScoringModelFile.write(model, once);
    try (var resource = SectionedFile.open(ScoringModel.RESOURCE)) {
      assertThat(once.toByteArray()).isEqualTo(resource.readAllBytes());
    }
  }
}
