package tasktracker.source.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tasktracker.source.ImportCase;

class TranscriptBatchTest {

  static Stream<ImportCase> readable() {
    return RealFilesTest.cases().filter(real -> real.refusal() == null);
  }

  @ParameterizedTest
  @MethodSource("readable")
  void noRealFileContradictsItself(ImportCase real) {
    ImportFormat format = RealFilesTest.FORMATS.stream().filter(f -> f.format().equals(real.format())).findFirst().orElseThrow();
    try (Transcript transcript = format.open(new ByteArrayInputStream(real.file()), () -> new ByteArrayInputStream(real.file()))) {
      Map<String, String> texts = new HashMap<>();
      for (TranscriptEntry entry : TranscriptBatch.next(transcript, 1_000)) {
        if (entry instanceof TranscriptEntry.Parsed(var message) && message.editedAt() == null) {
          String id = List.of(message.chat().externalId(), message.externalId()).toString();
          assertThat(message.text()).isEqualTo(texts.computeIfAbsent(id, first -> message.text()));
        }
      }
    }
  }
}
