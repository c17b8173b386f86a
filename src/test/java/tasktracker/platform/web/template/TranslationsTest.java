package tasktracker.platform.web.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tasktracker.platform.web.PageMarkupTest;

/** Every text exists in both languages, with the same placeholders and correct plural forms. */
class TranslationsTest {

  private static final Path WORDS = Path.of("src/main/resources/words");

  static List<String> subjects() throws IOException {
    try (Stream<Path> files = Files.list(WORDS)) {
      return files.map(f -> f.getFileName().toString()).filter(n -> n.endsWith("_en.properties"))
          .map(n -> n.replace("_en.properties", "")).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void everyKeyIsInBothLanguages(String subject) throws IOException {
    Properties english = read(subject + "_en");
    Properties ukrainian = read(subject + "_uk");
    assertThat(new TreeSet<>(ukrainian.stringPropertyNames())).isEqualTo(new TreeSet<>(english.stringPropertyNames()));
    for (String key : english.stringPropertyNames()) {
      assertThat(key).startsWith(subject + ".");
      assertThat(parameters(ukrainian.getProperty(key))).as(key).isEqualTo(parameters(english.getProperty(key)));
    }
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void ukrainianHasThreePluralForms(String subject) throws IOException {
    Properties ukrainian = read(subject + "_uk");
    ukrainian.stringPropertyNames().forEach(key -> Pattern.compile("\\{\\d+#([^{}]*)\\}").matcher(ukrainian.getProperty(key))
        .results().forEach(forms -> assertThat(forms.group(1).split("\\|")).as(key).hasSize(3)));
  }

  @Test
  void everyKeyOfATemplateHasATranslation() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src/main/webapp/WEB-INF/templates"))) {
      files.filter(f -> f.toString().endsWith(".html")).forEach(
          f -> Pattern.compile("#\\{([a-z][a-z0-9_.]+[a-z0-9_])[}(]").matcher(PageMarkupTest.read(f)).results().map(m -> m.group(1))
              .forEach(key -> assertThat(new Translations().of(Locale.ENGLISH, key, 1, 1, 1)).as(key).isNotBlank()));
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 1 повідомлення очікує", "3, 3 повідомлення очікують", "11, 11 повідомлень очікують", "21, 21 повідомлення очікує"})
  void numbersAgreeWithTheirNouns(long number, String beginning) {
    assertThat(new Translations().of(Locale.forLanguageTag("uk"), "shell.count.unscored", number)).startsWith(beginning);
  }

  private static Properties read(String file) throws IOException {
    Properties translations = new Properties();
    try (Reader in = Files.newBufferedReader(WORDS.resolve(file + ".properties"))) {
      translations.load(in);
    }
    return translations;
  }

  private static TreeSet<String> parameters(String translations) {
    return new TreeSet<>(Pattern.compile("\\{(\\d)").matcher(translations).results().map((MatchResult m) -> m.group(1)).toList());
  }
}
