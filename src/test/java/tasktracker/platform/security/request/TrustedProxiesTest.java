package tasktracker.platform.security.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tasktracker.platform.security.SecurityConfig;
import tasktracker.platform.security.TestRequest;

class TrustedProxiesTest {

  private static String seen(String trusted, String peer, String forwarded) {
    var proxies = new TrustedProxies(new SecurityConfig(name -> Optional.of(trusted).filter(t -> name.equals("trusted.proxies"))));
    TestRequest asking = TestRequest.get("/").from(peer);
    return proxies.addressOf((forwarded == null ? asking : asking.with("X-Forwarded-For", forwarded)).request());
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "10.0.0.0/8|10.1.2.3|203.0.113.9|203.0.113.9",
      "10.0.0.0/8|10.1.2.3|198.51.100.1, 203.0.113.9, 10.9.9.9|203.0.113.9",
      "10.0.0.0/8|192.0.2.1|203.0.113.9|192.0.2.1",
      "10.0.0.0/8|10.1.2.3||10.1.2.3",
      "10.0.0.0/8|10.1.2.3|nonsense|10.1.2.3",
      "10.0.0.0/8|10.1.2.3|0.0.0.0/0|10.1.2.3",
      "10.0.0.0/8|::ffff:10.1.2.3|203.0.113.9|203.0.113.9",
      "localhost|127.0.0.1|203.0.113.9|203.0.113.9",
      "2001:db8::/32|2001:db8::1|2001:db9::7|2001:db9::7",
      "127.0.0.2|127.0.0.1|203.0.113.9|127.0.0.1"})
  void onlyATrustedProxyReportsTheAddress(String trusted, String peer, String forwarded, String address) {
    assertThat(seen(trusted, peer, forwarded)).isEqualTo(address);
  }

  @Test
  void withoutTheSettingNoProxyIsTrusted() {
    assertThat(seen("", "127.0.0.1", "203.0.113.9")).isEqualTo("127.0.0.1");
    assertThat(seen("no-such-host.invalid", "127.0.0.1", "203.0.113.9")).isEqualTo("127.0.0.1");
  }
}
