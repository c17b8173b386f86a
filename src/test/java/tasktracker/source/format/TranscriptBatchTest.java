package tasktracker.source.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tasktracker.source.ImportCase;

class TranscriptBatchTest {

  private static final String FIRST = "{\"chat\": \"general\", \"id\": 7, \"author\": \"Olena\", \"sent_at\": \"2026-05-04T10:00:00Z\", \"text\": \"first\"}";

  @Test
  void anIdThatOccursTwiceWithDifferentTextIsTold() {
    List<TranscriptEntry> batch = batch(FIRST, FIRST.replace("first", "second"));
    assertThat(batch).hasSize(2).first().isInstanceOf(TranscriptEntry.Parsed.class);
    assertThat(batch.getLast()).isInstanceOfSatisfying(TranscriptEntry.Unreadable.class, part -> {
      assertThat(part.name()).isEqualTo("7");
      assertThat(part.why()).hasMessage("The ID 7 occurs twice with different text; the first is imported.");
    });
  }

  @ParameterizedTest
  @ValueSource(strings = {FIRST,
      "{\"chat\": \"other\", \"id\": 7, \"author\": \"O\", \"sent_at\": \"2026-05-04T10:00:00Z\", \"text\": \"second\"}",
      "{\"chat\": \"general\", \"id\": 7, \"author\": \"O\", \"sent_at\": \"2026-05-04T10:00:00Z\", \"edited_at\": \"2026-05-04T11:00:00Z\", \"text\": \"second\"}"})
  void theSameMessageAnotherChatAndAnEditAreNoContradiction(String second) {
    assertThat(batch(FIRST, second)).hasSize(2).hasOnlyElementsOfType(TranscriptEntry.Parsed.class);
  }

  static Stream<ImportCase> readable() {
    return RealFilesTest.cases().filter(real -> real.refusal() == null);
  }

  @ParameterizedTest
  @MethodSource("readable")
  void noRealFileContradictsItself(ImportCase real) {
    ImportFormat format = RealFilesTest.FORMATS.stream().filter(f -> f.format().equals(real.format())).findFirst().orElseThrow();
    try (Transcript transcript = format.open(new ByteArrayInputStream(real.file()), () -> new ByteArrayInputStream(real.file()))) {
      assertThat(TranscriptBatch.next(transcript, 1_000)).filteredOn(TranscriptEntry.Unreadable.class::isInstance)
          .hasSameSizeAs(real.unreadable());
    }
  }

  private static List<TranscriptEntry> batch(String... lines) {
    byte[] file = String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
    try (Transcript transcript = new JsonLinesFormat().open(new ByteArrayInputStream(file))) {
      return TranscriptBatch.next(transcript, 10);
    }
  }
}
