package tasktracker.platform.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostAndPortTest {

  @ParameterizedTest
  @CsvSource({"http://LOCALHOST:11434/api, localhost:11434", "https://models.example/v1, models.example:443",
      "http://models.example./v1, models.example:80", "http://[::1]:8080/, [::1]:8080"})
  void aUrlLeadsToAHostAndAPort(URI url, String expected) {
    assertThat(HostAndPort.of(url)).map(HostAndPort::toString).hasValue(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp://models.example/", "file:///etc/passwd", "http://user:secret@models.example/", "models.example",
      "http:///v1", "gopher://localhost:70/"})
  void otherUrlsAreRefused(URI url) {
    assertThat(HostAndPort.of(url)).isEmpty();
  }

  @Test
  void anEntryOfTheListIsReadAndWritten() {
    assertThat(HostAndPort.parse(" Localhost:11434 ")).map(HostAndPort::toString).hasValue("localhost:11434");
    assertThat(HostAndPort.parse("[fd00::5]:80")).map(HostAndPort::toString).hasValue("[fd00::5]:80");
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "localhost:0", "localhost:65536", "a b:80", "http://localhost:80", ":80", "localhost:80/path"})
  void otherTextsAreNoEntries(String text) {
    assertThat(HostAndPort.parse(text)).isEmpty();
  }
}
