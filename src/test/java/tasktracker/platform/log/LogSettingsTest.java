package tasktracker.platform.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Mapping of log settings to the server's configuration. */
class LogSettingsTest {

  @ParameterizedTest
  @CsvSource({"DEBUG, INFO, *=info:tasktracker.*=fine", "INFO, INFO, *=info", "warning, WARNING, *=info", "ERROR, ERROR, *=info",
      "CRITICAL, ERROR, *=info"})
  void eachLogLevelIsMappedToTheServer(String level, String console, String trace) {
    assertThat(LogConfiguration.of(Map.of("LOG_LEVEL", level))).containsEntry("LOG_CONSOLE", console).containsEntry("LOG_TRACE", trace);
  }

  @Test
  void withoutSettingsItIsReadableAndQuiet() {
    assertThat(LogConfiguration.of(Map.of())).containsEntry("LOG_FORMAT", "simple").containsEntry("LOG_CONSOLE", "INFO")
        .containsEntry("LOG_ACCESS", "false");
  }

  @ParameterizedTest
  @CsvSource({"LOG_LEVEL, VERBOSE, DEBUG INFO WARNING ERROR CRITICAL", "LOG_FORMAT, xml, simple json", "LOG_ACCESS, yes, true false"})
  void anUnknownLevelIsRefusedWithTheValidOnes(String name, String value, String known) {
    assertThatThrownBy(() -> LogConfiguration.of(Map.of(name, value))).isInstanceOf(LogConfiguration.Refused.class)
        .hasMessageContaining("%s is \"%s\"".formatted(name, value)).hasMessageContaining(known);
  }
}
