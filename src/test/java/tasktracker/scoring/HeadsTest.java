package tasktracker.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class HeadsTest {

  @Test
  void theHeadsAreMadeOfTheSentencesThatStandInTheFiles() {
    assertThat(HeadFile.read().fingerprint())
        .as("a hand-written file was changed: make the heads anew with bin/evaluate --train, and look at the table")
        .isEqualTo(HeadFile.fingerprint());
  }

  @Test
  void whatIsWrittenIsReadBack() throws IOException {
    Heads heads = HeadFile.read();
    ByteArrayOutputStream once = new ByteArrayOutputStream();
    HeadFile.write(heads, once);
    try (var resource = SectionedFile.open(Heads.RESOURCE)) {
      assertThat(once.toByteArray()).isEqualTo(resource.readAllBytes());
    }
  }
}
