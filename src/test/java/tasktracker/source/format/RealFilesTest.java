package tasktracker.source.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tasktracker.source.FurtherImportCases;
import tasktracker.source.ImportCase;
import tasktracker.source.slack.SlackExportFormat;
import tasktracker.source.telegram.export.TelegramExportFormat;

/** Files that people have and that other importers stumbled over: what is in them is read, and what cannot be is told. */
class RealFilesTest {

  static final List<ImportFormat> FORMATS = List.of(new JsonLinesFormat(), new TelegramExportFormat(), new SlackExportFormat());

  static Stream<ImportCase> cases() {
    return Stream.concat(ImportCase.reported(), FurtherImportCases.all());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void readablePartsAreReadAndOthersReported(ImportCase expected) {
    ImportFormat source = FORMATS.stream().filter(f -> f.format().equals(expected.format())).findFirst().orElseThrow();
    ImportCase read = ImportCase.read(source, expected.name(), new ByteArrayInputStream(expected.file()),
        () -> new ByteArrayInputStream(expected.file()));
    if (expected.refusal() != null) {
      assertThat(read.refusal()).startsWith(expected.refusal());
      return;
    }
    assertThat(read.refusal()).isNull();
    assertThat(read.said()).containsExactlyInAnyOrderElementsOf(expected.said());
    assertThat(read.unreadable()).hasSameSizeAs(expected.unreadable());
    for (int i = 0; i < expected.unreadable().size(); i++) {
      assertThat(read.unreadable().get(i)).startsWith(expected.unreadable().get(i));
    }
  }

  @Test
  void aFileCutAnywhereEndsTooEarlyThere() {
    byte[] whole = ImportCase.resource("t02c-account-one-type-null.json");
    int end = new String(whole, StandardCharsets.UTF_8).stripTrailing().length();
    for (int length = 1; length < end; length++) {
      ImportCase read = ImportCase.read(new TelegramExportFormat(), "cut", new ByteArrayInputStream(whole, 0, length));
      assertThat(read.refusal()).as("after %d bytes", length).startsWith("The file is incomplete: it ends at line ")
          .contains("(offset " + length + ")");
    }
  }
}
