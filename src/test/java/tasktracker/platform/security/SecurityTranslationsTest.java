package tasktracker.platform.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SecurityTranslationsTest {

  @Test
  void allKeysAreTranslatedInBothLanguages() throws IOException {
    assertThat(keys("uk")).isEqualTo(keys("en")).isNotEmpty();
  }

  private static Set<String> keys(String language) throws IOException {
    try (Reader in = new InputStreamReader(
        SecurityTranslationsTest.class.getResourceAsStream("/words/security_" + language + ".properties"), StandardCharsets.UTF_8)) {
      Properties words = new Properties();
      words.load(in);
      return words.stringPropertyNames();
    }
  }
}
