package tasktracker.source.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tasktracker.platform.web.template.Translations;
import tasktracker.source.slack.SlackExportFormat;
import tasktracker.source.telegram.export.TelegramExportFormat;

/** Whoever brings a file that cannot be read is told why in her language, and a program in English. */
class UnreadableFileTest {

  private static final Locale UKRAINIAN = Locale.of("uk");
  private static final List<ImportFormat> FORMATS = List.of(new JsonLinesFormat(), new TelegramExportFormat(), new SlackExportFormat());

  @Test
  void everyReasonIsTranslated() {
    Translations words = new Translations();
    assertThat(reasons()).hasSizeGreaterThan(25).allSatisfy(key -> {
      assertThat(words.of(UKRAINIAN, key, "1", "2", "3")).containsPattern("[а-яіїєґ]").doesNotContainPattern("\\{[0-9]");
      assertThat(words.of(Locale.ENGLISH, key, "1", "2", "3")).isNotBlank().matches("\\p{ASCII}+").doesNotContainPattern("\\{[0-9]");
    });
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "telegram-export | {\"id\": 1, \"type\": \"a\", \"messages\": [\\n{\"id\": 2, }]} | JSON пошкоджено у рядку 2, стовпці 11 (зміщення ",
      "telegram-export | {\"ok\": true} | очікувалися «messages» чату або «chats» облікового запису. Експортуйте чат ",
      "telegram-export | [] | Це не файл result.json із Telegram: у рядку 1, стовпці 2 (зміщення 1) очікувався об’єкт JSON.",
      "telegram-export | {\"messages\": [{\"id\": 1}]} | очікувалися «id» і «type» чату перед його «messages».",
      "slack-export | no zip | Цей ZIP-файл не вдалося прочитати, тож це не експорт Slack: ",
      "messages-jsonl | {\"chat\": \"g\"} | Рядок 1: поле «id» відсутнє.",
      "telegram-export | {\"id\": 1, \"type\": \"a\", \"messages\": [\\n7]} | Елемент 1 повідомлень чату у рядку 2, стовпці 2 (зміщення ",
      "telegram-export | {\"id\": 1, // its number\\n \"type\": \"a\"} | У файлі є коментар у рядку 1, стовпці 12 (зміщення ",
      "messages-jsonl | {{ | Рядок 1 не є одним об’єктом JSON."})
  void theErrorIsTranslatedWithItsPosition(String format, String text, String complaint) {
    UnreadableFile refused = refused(format, text.replace("\\n", "\n"));
    assertThat(refused.reason().in(UKRAINIAN)).contains(complaint);
    assertThat(refused).hasMessage(refused.reason().english()).hasMessageMatching("\\p{ASCII}+");
  }

  @Test
  void aPlaceFarDownIsANumberThatAnEditorTakes() {
    assertThat(refused("messages-jsonl", "\n".repeat(12_345) + "{{").reason().in(UKRAINIAN))
        .isEqualTo("Рядок 12346 не є одним об’єктом JSON.");
    UnreadableFile broken = refused("telegram-export", " ".repeat(12_345) + "{]");
    assertThat(broken.reason().in(UKRAINIAN)).contains("стовпці 1234");
    assertThat(broken).hasMessageMatching("The JSON is invalid at line 1, column 1234\\d \\(offset 1234\\d\\)\\.");
  }

  private static UnreadableFile refused(String format, String text) {
    ImportFormat source = FORMATS.stream().filter(f -> f.format().equals(format)).findFirst().orElseThrow();
    return catchThrowableOfType(UnreadableFile.class, () -> read(source, text));
  }

  private static void read(ImportFormat source, String text) {
    try (Transcript transcript = source.open(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)))) {
      for (TranscriptEntry line = transcript.next(); line != null; line = transcript.next()) {
        if (line instanceof TranscriptEntry.Unreadable part) {
          throw part.why();
        }
      }
    }
  }

  /** Why a file is rejected, a part of it is skipped, or an import failed. */
  private static Set<String> reasons() {
    return ResourceBundle.getBundle("words.problem", UKRAINIAN).keySet().stream()
        .filter(key -> key.matches("problem\\.(file\\..+|upload\\.none|import\\.(again|abandoned|lost|dead))"))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
