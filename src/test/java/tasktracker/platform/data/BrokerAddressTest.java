package tasktracker.platform.data;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BrokerAddressTest {

  @ParameterizedTest
  @CsvSource(delimiter = '|', nullValues = "-", value = {
      "nats://localhost:4222 | nats://localhost:4222 | - | -",
      "localhost:4222 | nats://localhost:4222 | - | -",
      "nats://kevin:secret@nats:4222 | nats://nats:4222 | kevin | secret",
      "kevin:secret@nats:4222 | nats://nats:4222 | kevin | secret",
      "tls://kevin:s%40e+c%25ret@nats:4222 | tls://nats:4222 | kevin | s@e+c%ret",
      "nats://kevin:s@e:cret@nats:4222 | nats://nats:4222 | kevin | s@e:cret",
      "nats://token@nats:4222 | nats://nats:4222 | - | token"})
  void credentialsAreSeparatedFromTheServers(String url, String server, String user, String secret) {
    BrokerAddress address = BrokerAddress.of(url);
    assertThat(address.servers()).containsExactly(server);
    assertThat(address.user()).isEqualTo(user);
    assertThat(address.secret()).isEqualTo(secret);
  }

  @Test
  void severalServersShareTheCredentials() {
    BrokerAddress address = BrokerAddress.of("nats://kevin:secret@one:4222, nats://two:4222");
    assertThat(address.servers()).containsExactly("nats://one:4222", "nats://two:4222");
    assertThat(address.secret()).isEqualTo("secret");
  }

  @Test
  void toStringDoesNotContainTheSecret() {
    assertThat(BrokerAddress.of("nats://kevin:secret@nats:4222")).hasToString("nats://nats:4222");
  }
}
