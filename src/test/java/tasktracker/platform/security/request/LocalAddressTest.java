package tasktracker.platform.security.request;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LocalAddressTest {

  @ParameterizedTest
  @CsvSource({"https://tracker.example/messages?q=a|b, /messages?q=a%7Cb", "https://[::1]:8000/messages?q={a}, /messages?q=%7Ba%7D"})
  void illegalCharactersOfAUrlAreEncoded(String url, String place) {
    assertThat(LocalAddress.pathOf(url)).isEqualTo(place);
  }
}
