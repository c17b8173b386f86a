package tasktracker.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LocalUrlTest {

  @Test
  void everyCharacterOfAValueIsEncoded() {
    LocalUrl address = LocalUrl.of("/search").with("q", "{a}|\"^` %д").with("shown", List.of("1", "2"));
    assertThat(address).hasToString("/search?q=%7Ba%7D%7C%22%5E%60+%25%D0%B4&shown=1&shown=2");
    assertThat(address.uri().getRawQuery()).startsWith("q=%7Ba%7D");
  }

  @Test
  void aParameterIsReplacedOrRemoved() {
    LocalUrl address = LocalUrl.of("/search").with("limit", 30).with("q", "a");
    assertThat(address.with("limit", 60)).hasToString("/search?limit=60&q=a");
    assertThat(address.without("limit").without("q")).hasToString("/search");
  }

  @ParameterizedTest
  @CsvSource(quoteCharacter = '~', value = {"/messages?q=a|b, /messages?q=a%7Cb", "/messages?q={a}, /messages?q=%7Ba%7D",
      "/messages?q=\"a\", /messages?q=%22a%22",
      "/messages?q=a^b, /messages?q=a%5Eb", "/messages?q=`a`, /messages?q=%60a%60", "/messages?q=a b, /messages?q=a%20b",
      "/messages?q=дім, /messages?q=%D0%B4%D1%96%D0%BC",
      "/messages?q=100%, /messages?q=100%25", "/messages?q=%zz, /messages?q=%25zz", "/messages?q=%D0%B4+x, /messages?q=%D0%B4+x",
      "/a[1]?b[]=c, /a%5B1%5D?b%5B%5D=c",
      "/a#b#c, /a#b%23c", "/messages?q=a&class=signal, /messages?q=a&class=signal"})
  void illegalCharactersAreEncodedOnce(String given, String address) {
    assertThat(LocalUrl.parse(given)).hasToString(address);
  }
}
